package pipebase.runtime;

import java.util.ArrayList;
import java.util.List;

/** Camel's words against a flow. */
final class Complaint {

    private Complaint() {
    }

    /** The first cause often says only where, and the last one what. */
    static String of(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause instanceof StackOverflowError ? "It is nested too deeply." : cause.getMessage();
            if (message != null && messages.stream().noneMatch(earlier -> earlier.contains(message))) {
                messages.add(message);
            }
        }
        return messages.isEmpty() ? failure.getClass().getSimpleName() : String.join(" because: ", messages);
    }
}
