package pipebase.runtime;

/** Thrown to answer {@code {"error": "…"}}; the message is written for the person who made the request. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
