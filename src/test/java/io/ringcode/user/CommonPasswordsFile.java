package io.ringcode.user;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;

/** Makes the filter that is shipped from a list of passwords, the most common first: docs/decisions/0015-common-passwords.md. */
final class CommonPasswordsFile {
    private static final int MOST = 100_000;

    private CommonPasswordsFile() {}

    /** @param arguments the list, a password a line in UTF-8, and the file to write */
    public static void main(String... arguments) throws IOException {
        var common = new LinkedHashSet<String>();
        try (var list = Files.lines(Path.of(arguments[0]))) {
            // Shorter ones are refused without it.
            list.map(CommonPasswords::form)
                    .filter(password -> !PasswordLength.tooShort(password))
                    .takeWhile(password -> common.size() < MOST)
                    .forEach(common::add);
        }
        Files.write(Path.of(arguments[1]), CommonPasswords.of(common).bytes());
        System.out.println(common.size() + " passwords");
    }
}
