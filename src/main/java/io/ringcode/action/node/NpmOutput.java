package io.ringcode.action.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What npm says while it works, as progress and, when it fails, as the reason. */
final class NpmOutput {
    private static final Pattern FETCHED =
            Pattern.compile("npm http fetch GET 200 \\S*?/((?:@[^/\\s]+(?:/|%2f))?[^/\\s]+?)(?:/-/\\S*)?(?: .*)?");
    private static final Pattern ERROR = Pattern.compile("npm (?:error|ERR!)\\s*(.*)");
    private static final int MOST_REASONS = 40;

    private final Consumer<String> progress;
    private final List<String> reasons = new ArrayList<>();
    private int fetched;

    NpmOutput(Consumer<String> progress) {
        this.progress = progress;
    }

    synchronized void hear(String line) {
        var fetch = FETCHED.matcher(line);
        if (fetch.matches())
            progress.accept("npm has fetched " + ++fetched + " files, the last one for "
                    + fetch.group(1).replace("%2f", "/"));
        var error = ERROR.matcher(line);
        if (error.matches() && reasons.size() < MOST_REASONS)
            reasons.add(error.group(1).strip());
    }

    /** One sentence for the administrator, without paths of this machine. */
    synchronized String problem(Path place) {
        var code = "";
        var told = new ArrayList<String>();
        for (var reason : reasons) {
            if (reason.startsWith("code ")) code = reason.substring("code ".length());
            else if (!reason.isEmpty() && !reason.contains("complete log of this run") && !reason.contains(".log"))
                told.add(reason.replaceFirst("^" + Pattern.quote(code) + "\\s*|^\\d{3}\\s+", "")
                        .strip());
        }
        var text = String.join(
                        " ",
                        told.stream().filter(each -> !each.isEmpty()).limit(4).toList())
                .replace(place.toString(), "the hook's folder");
        if (text.length() > 400) text = text.substring(0, 400) + " …";
        return "npm could not install the dependencies" + (code.isEmpty() ? "" : " (" + code + ")")
                + (text.isEmpty() ? "." : ": " + text);
    }
}
