package io.ringcode.action.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.FakeCarrier;
import io.ringcode.network.AddressPolicy;
import io.ringcode.network.Dialer;
import io.ringcode.secret.RandomText;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.DurableFiles;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Where the operating system lends no walls, Node.js' permission model and the guard still stand. */
class GuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "await require('axios').get(URL)",
                "await fetch(URL)",
                "await new Promise((ok, no) => require('net').connect(PORT, '127.0.0.1').on('connect', ok).on('error', no))",
                "require('dgram').createSocket('udp4').send('x', PORT, '127.0.0.1')",
                "await require('dns').promises.lookup('localhost')",
                "await new (require('dns').promises.Resolver)().resolve('localhost')",
                "process.binding('tcp_wrap')",
                "new (require('worker_threads').Worker)('1', {eval: true})",
                "require('child_process').execSync('id')",
                "require('fs').readFileSync('/etc/passwd')",
                "process.kill(process.ppid)",
            })
    void nothing_gets_past_the_worker(String attempt) throws Exception {
        var folder = Files.createTempDirectory("ringcode-guard");
        try (var outside = new FakeCarrier();
                var data = DataFolder.open(folder.resolve("data"));
                var sockets = new SocketFolder(folder.resolve("sockets"), new RandomText());
                var dialer = new Dialer(new AddressPolicy(List.of()));
                var broker = new Broker(sockets, dialer)) {
            var settings = Settings.read(new String[] {"--dev"}, Map.of()).hooks();
            var program = NodeProgram.find(settings, System.getenv());
            var runtime = RuntimeFolder.prepare(data);
            var words = program.command(runtime.own(), 128);
            words.add(runtime.worker().toString());
            var builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().clear();
            var setup = JsonMapper.shared().createObjectNode();
            var code = attempt.replace("URL", "'" + outside.baseUrl() + "'")
                    .replace("PORT", Integer.toString(outside.baseUrl().getPort()));
            setup.put("code", "module.exports = async (recipient, text, context) => { " + code + "; };")
                    .put("broker", broker.path().toString())
                    .putArray("paths")
                    .add(runtime.bundled().toString());
            try (var worker = new Worker(builder.start(), broker, setup)) {
                var outcome = worker.call(Node.message("+14155550123")).await(Node.LONG);
                assertThat(outcome).isInstanceOf(Outcome.Failed.class);
                assertThat(outside.count()).isZero();
            }
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }
}
