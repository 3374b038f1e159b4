package io.ringcode.myaccount;

/** Every kind of "no" of the My Account API. SDKs take the code for the reason, or the title, and never the sentence. */
enum MyAccountError {
    BAD_REQUEST(400, "A0E-400-0001", "Bad Request"),
    VALIDATION(400, "A0E-400-0003", "Validation Error"),
    INVALID_TOKEN(401, "A0E-401-0001", "Invalid Token"),
    MISSING_TOKEN(401, "A0E-401-0002", "Missing Token"),
    FORBIDDEN(403, "A0E-403-0001", "Forbidden"),
    INSUFFICIENT_SCOPE(403, "A0E-403-0002", "Insufficient Scope"),
    NOT_FOUND(404, "A0E-404-0002", "Resource Not Found"),
    CONFLICT(409, "A0E-409-0001", "Conflict"),
    TOO_LARGE(413, "A0E-413-0001", "Content Too Large"),
    CONTENT_TYPE(415, "A0E-415-0001", "Unsupported Media Type"),
    TOO_MANY_REQUESTS(429, "A0E-429-0003", "Too Many Requests"),
    UNAVAILABLE(503, "A0E-503-0001", "Service Unavailable");

    private final int status;
    private final String code;
    private final String title;

    MyAccountError(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    /** What is told of an error that the token endpoint knows by the same status. */
    static MyAccountError of(int status) {
        return switch (status) {
            case 401 -> INVALID_TOKEN;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 429 -> TOO_MANY_REQUESTS;
            case 503 -> UNAVAILABLE;
            default -> BAD_REQUEST;
        };
    }

    int status() {
        return status;
    }

    String type() {
        return "https://auth0.com/api-errors#" + code;
    }

    String title() {
        return title;
    }
}
