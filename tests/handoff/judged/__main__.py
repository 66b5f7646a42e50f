"""`python -m tests.handoff.judged`: how well the balanced set of each judged case agrees with a planner's."""

import asyncio

from tests.handoff.judged.measure import Agreement, cases, measured, shelved


async def told() -> list[Agreement]:
    with shelved() as engine:
        return [await measured(engine, case) for case in cases()]


def main() -> None:
    found = asyncio.run(told())
    print("precision recall nDCG")
    for one in found:
        print(f"{one.precision:9.2f} {one.recall:6.2f} {one.ndcg:4.2f}  {one.case.name}")
        lacking = [" | ".join(sorted(entry)) for entry in one.case.must if not entry & {*one.given}]
        extra = [name for name in one.given if name not in one.case.fine]
        for word, names in (("lacks", lacking), ("extra", extra), ("NEVER", one.broken)):
            for name in names:
                print(f"                           {word}: {name}")
    means = [sum(getattr(one, name) for one in found) / len(found) for name in ("precision", "recall", "ndcg")]
    print(f"{means[0]:9.2f} {means[1]:6.2f} {means[2]:4.2f}  mean of {len(found)}")


if __name__ == "__main__":
    main()
