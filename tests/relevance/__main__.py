"""`python -m tests.relevance`: how well each judged question is answered, by words alone and by the product."""

from pathlib import Path
from tempfile import TemporaryDirectory

from directory.search.whoosh_engine import WhooshEngine
from tests.relevance.corpus import corpus
from tests.relevance.judged import JUDGED
from tests.relevance.measure import mean, measure


def main() -> None:
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        engine.rebuild(corpus(), 1)
        print(f"{'plain':>6} {'ours':>6}  nDCG@10 over {len(corpus())} listings")
        found = [measure(engine, corpus(), judged) for judged in JUDGED]
        for one in found:
            lacks = "   (what must be there is not)" if one.lacks_must else ""
            print(f"{one.plain:6.3f} {one.product:6.3f}  {one.judged.words}{lacks}")
        print(f"{mean([m.plain for m in found]):6.3f} {mean([m.product for m in found]):6.3f}  mean of {len(found)}")
        engine.close()


if __name__ == "__main__":
    main()
