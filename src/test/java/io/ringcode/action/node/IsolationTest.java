package io.ringcode.action.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.carrier.FakeCarrier;
import io.ringcode.server.storage.DurableFiles;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script cannot get at. Only loopback is ever dialled. */
class IsolationTest {
    private static final FakeCarrier OUTSIDE = new FakeCarrier();
    private static final Node CLOSED = new Node();
    private static final Node OPEN = new Node(
            Map.of("RINGCODE_HOOKS_REACHABLE", "127.0.0.1:" + OUTSIDE.baseUrl().getPort()));

    @AfterAll
    static void stop() {
        OPEN.close();
        CLOSED.close();
        OUTSIDE.close();
    }

    private static String doing(String what) {
        return "module.exports = (recipient, text, context, cb) => { " + what + "; cb('it worked'); };";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "require('fs').readFileSync('/etc/passwd')",
                "require('fs').readdirSync('/')",
                "require('fs').readdirSync(__dirname)",
                "require('fs').writeFileSync('/tmp/ringcode-hook-was-here', 'x')",
                "require('fs').createWriteStream",
                "require('child_process').execSync('id')",
                "require('child_process').spawnSync('/bin/true')",
                "new (require('worker_threads').Worker)('1', {eval: true})",
                "process.binding('tcp_wrap')",
                "process.dlopen({exports: {}}, '/tmp/x.node')",
                "process.kill(process.ppid)",
                "process.kill(1)",
                "process.abort()",
                "require('dgram').createSocket('udp4')",
                "require('dns').lookup('localhost', () => {})",
                "new (require('dns').Resolver)()",
                "require('net').createServer().listen(0)",
                "require('http').createServer().listen(0)",
                "require('inspector').open(0)",
            })
    void neither_files_nor_programs_nor_other_sockets(String attempt) {
        if (attempt.endsWith("createWriteStream"))
            attempt = "process.on('x', 1)"; // a plain throw, so that the check itself is seen to work
        assertThat(CLOSED.error(doing(attempt))).isNotNull().doesNotContain("it worked");
    }

    @Test
    void the_environment_is_empty_and_no_other_process_can_be_seen() {
        var ran = CLOSED.run(
                "module.exports = (r, t, c, cb) => { console.log(JSON.stringify(process.env), process.argv.length);"
                        + " cb(null, {}); };");
        assertThat(ran.log()).containsExactly("{} 2");
    }

    @Test
    void a_socket_in_the_file_system_cannot_be_reached() {
        assertThat(CLOSED.error(
                        "module.exports = (r, t, c, cb) => require('net').connect({path: '/run/x'}).on('error', cb);"))
                .isEqualTo("Only TCP connections to a host and port are allowed");
    }

    /** The class of a handle below one of the guard's own sockets connects where it likes, if it may. */
    static final String BY_HANDLE = """
            module.exports = (recipient, text, context, cb) => {
                const net = require('net');
                const setEncoding = net.Socket.prototype.setEncoding;
                let inner;
                net.Socket.prototype.setEncoding = function (...args) {
                    inner = inner || this;
                    return setEncoding.apply(this, args);
                };
                let Request;
                const pipe = net.connect(1, '127.0.0.1').on('error', () => {}) && inner._handle;
                const other = new pipe.constructor(0);
                const connect = pipe.constructor.prototype.connect;
                const taken = new Promise(ok => {
                    try {
                        pipe.constructor.prototype.connect = function (request, path) {
                            if (!Request) ok(Request = request.constructor);
                            return connect.call(this, request, path);
                        };
                    } catch {
                        ok();
                    }
                    if (pipe.constructor.prototype.connect === connect) ok();
                    net.connect(1, '127.0.0.1').on('error', () => {});
                });
                taken.then(() => {
                    const request = Request ? new Request() : {};
                    request.oncomplete = status => cb('status ' + status);
                    const started = connect.call(other, request, 'SOCKET');
                    if (started) cb('refused ' + started);
                }).catch(cb);
            };
            """;

    @Test
    void no_socket_of_the_machine_is_reached_by_an_inner_handle() throws Exception {
        var folder = Files.createTempDirectory("ringcode-victim");
        var socket = folder.resolve("s");
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            listening.configureBlocking(false);
            assertThat(CLOSED.error(BY_HANDLE.replace("SOCKET", socket.toString())))
                    .matches("refused -13|status -2");
            assertThat(listening.accept()).isNull();
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }

    @Test
    void which_files_the_machine_has_is_not_to_be_learnt() {
        assumeTrue(Files.exists(Path.of("/etc/passwd")));
        var known = CLOSED.error(doing("require.resolve('/etc/passwd')"));
        var unknown = CLOSED.error(doing("require.resolve('/etc/nobody')"));
        assertThat(known).isNotNull().isEqualTo(String.valueOf(unknown).replace("nobody", "passwd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "require('axios').get(URL)",
                "fetch(URL)",
                "new Promise((ok, no) => require('http').get(URL, ok).on('error', no))",
                "new Promise((ok, no) => require('net').connect(PORT, 'localhost').on('connect', ok).on('error', no))",
                "new Promise((ok, no) => require('net').createConnection({port: PORT, host: '::1'}, ok).on('error', no))",
                "new Promise((ok, no) => new (require('net').Socket)().connect({port: PORT}, ok).on('error', no))",
                "new Promise((ok, no) => require('tls').connect(PORT, '127.0.0.1', ok).on('error', no))",
                "new Promise((ok, no) => { require('http2').connect(URL).on('error', no).request().on('response', ok); })",
            })
    void this_machine_cannot_be_reached_by_any_client_unless_the_operator_says_so(String client) {
        var before = OUTSIDE.count();
        var port = Integer.toString(OUTSIDE.baseUrl().getPort());
        var url = "'" + OUTSIDE.baseUrl() + "/x'";
        var code = "module.exports = async () => { await "
                + client.replace("URL", url).replace("PORT", port) + "; };";
        assertThat(Node.told(CLOSED.run(code).outcome())).startsWith("EACCES: ");
        assertThat(OUTSIDE.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"require('axios').post(URL, {a: 1})", "fetch(URL, {method: 'POST', body: '{}'})"})
    void what_the_operator_names_can_be_reached(String client) {
        var before = OUTSIDE.count();
        var url = "'" + OUTSIDE.baseUrl() + "/x'";
        var ran = OPEN.run("module.exports = async () => { await " + client.replace("URL", url) + "; };");
        assertThat(ran.outcome()).isEqualTo(new Outcome.Done(null));
        assertThat(OUTSIDE.count()).isEqualTo(before + 1);
        var otherPort = OPEN.run("module.exports = async () => fetch('http://127.0.0.1:65001/');");
        assertThat(Node.told(otherPort.outcome())).startsWith("EACCES: ");
    }

    @Test
    void axios_is_there_in_both_spellings_and_other_packages_are_not() {
        var both = "const axios = require('axios'); const {default: same} = require('axios');"
                + "module.exports = (r, t, c, cb) => cb(axios.post && axios.post === same.post ? null : 'no');";
        assertThat(CLOSED.run(both).outcome()).isEqualTo(new Outcome.Done(null));
        assertThat(CLOSED.error("require('left-pad'); module.exports = () => {};"))
                .contains("Cannot find module 'left-pad'");
    }

    @Test
    void workers_leave_no_socket_behind_and_read_nothing_of_the_data_folder() throws Exception {
        Files.writeString(CLOSED.folder().resolve("master.key"), "secret");
        assertThat(CLOSED.error(doing("require('fs').readFileSync('" + CLOSED.folder() + "/master.key')")))
                .contains("Access to this API has been restricted");
    }
}
