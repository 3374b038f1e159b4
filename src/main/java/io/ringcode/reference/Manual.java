package io.ringcode.reference;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** The manual: pages of {@code docs/} that the server has with it, so that the console's help is of its own version. */
final class Manual {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern TITLE = Pattern.compile("(?m)^# (.+)$");

    private Manual() {}

    /** A page, ready to be shown. */
    record Page(String title, String html) {}

    /** A folder of pages: the manual itself, or one within it, whose README is what stands at its address. */
    enum Folder {
        PAGES("", "/docs/manual"),
        CARRIERS("carriers/", "/docs/carriers"),
        GUIDES("guides/", "/docs/guides");

        private final String path;
        private final String address;

        Folder(String path, String address) {
            this.path = path;
            this.address = address;
        }

        String address() {
            return address;
        }
    }

    static Optional<Page> front(Folder folder) {
        return read(folder, "README");
    }

    static Optional<Page> page(Folder folder, String name) {
        return NAME.matcher(name).matches() ? read(folder, name) : Optional.empty();
    }

    private static Optional<Page> read(Folder folder, String name) {
        return Resources.optional("docs/" + folder.path + name + ".md").map(text -> {
            var title = TITLE.matcher(text);
            return new Page(title.find() ? title.group(1) : name, Markdown.html(text, to -> address(folder, to)));
        });
    }

    /** @return empty for what is in the project's sources alone */
    private static String address(Folder from, String target) {
        if (target.startsWith("https://") || target.startsWith("#")) return target;
        var there = URI.create("/docs/" + from.path).resolve(target);
        var fragment = there.getRawFragment() == null ? "" : "#" + there.getRawFragment();
        for (var folder : Folder.values()) {
            var name = there.getPath().replaceFirst("^/docs/" + folder.path, "");
            if (folder != Folder.PAGES && (name.isEmpty() || name.equals("README.md")))
                return folder.address + fragment;
            var page = name.replaceFirst("\\.md$", "");
            if (!page.equals(name) && NAME.matcher(page).matches()) return folder.address + "/" + page + fragment;
        }
        return "";
    }
}
