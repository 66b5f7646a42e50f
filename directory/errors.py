"""One family of errors, each with an HTTP status and a sentence a person can act on."""


class DirectoryError(Exception):
    status = 500
    advice = "Something broke on our side. Please call one of the help numbers below."


class NotFound(DirectoryError, LookupError):
    status = 404
    advice = "That listing is gone or has moved. Search again from here."


class NotAllowed(DirectoryError):
    status = 409
    advice = "That step is not open right now."


class Forbidden(DirectoryError):
    status = 403
    advice = "This page needs an account that may open it. Sign in with another one, or ask an admin."


class FromElsewhere(DirectoryError):
    status = 403
    advice = "That did not come from a page of ours. Open the place here and press the button again."


class TooBusy(DirectoryError):
    status = 429
    advice = "Too much came at once. Wait a minute and try again."


class BadQuestion(DirectoryError, ValueError):
    """A search, a place, a date or an option nobody could answer as asked."""

    status = 422
    advice = "We could not read part of what you asked. Change it and try again."


class BadSettings(DirectoryError, ValueError):
    advice = "Set the named environment variables and start again."


class Unreadable(DirectoryError, ValueError):
    """A file that cannot be read as any feed we know: refused whole, nothing written."""

    status = 422
    advice = "Check that the file is whole and of a kind named in docs/importing.md."


class NeedsDecision(DirectoryError):
    """A batch or record that waits for a person."""

    status = 409
    advice = "Look at it with: aftercare review"
