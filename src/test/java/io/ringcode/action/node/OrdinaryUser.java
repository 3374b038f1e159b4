package io.ringcode.action.node;

import io.ringcode.action.node.Outcome.Done;
import java.nio.file.Files;
import java.util.List;

/** A process that runs scripts as whoever started it, and tells how each ended: {@link OrdinaryUserTest} reads it. */
final class OrdinaryUser {
    private OrdinaryUser() {}

    /** @param arguments a port of this machine that somebody listens at */
    public static void main(String[] arguments) throws Exception {
        try (var node = new Node()) {
            var good = node.run("module.exports = (recipient, text, context, cb) => cb(null, {});");
            System.out.println("good: " + (good.outcome() instanceof Done));
            for (var host : List.of("127.0.0.1", "localhost", "::1", "10.0.0.1", "192.168.1.1", "169.254.169.254")) {
                var code = "module.exports = (recipient, text, context, cb) =>"
                        + " require('net').connect(%s, '%s').on('connect', () => cb()).on('error', cb);"
                                .formatted(arguments[0], host);
                tell(host, node.run(code));
            }
            tell("udp", node.run("module.exports = async () => { require('dgram').createSocket('udp4'); };"));
            tell("binding", node.run("module.exports = async () => { process.binding('tcp_wrap'); };"));
            Files.writeString(node.folder().resolve("master.key"), "secret");
            var key = "'" + node.folder() + "/master.key'";
            tell("file", node.run("module.exports = async () => { require('fs').readFileSync(" + key + "); };"));
            tell("program", node.run("module.exports = async () => { require('child_process').execSync('id'); };"));
        }
        System.out.println("end");
    }

    private static void tell(String attempt, Ran ran) {
        System.out.println(attempt + ": " + Node.told(ran.outcome()).split(":", 2)[0]);
    }
}
