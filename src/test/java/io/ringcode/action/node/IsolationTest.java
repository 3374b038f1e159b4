package io.ringcode.action.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.FakeCarrier;
import io.ringcode.server.settings.Destination;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script cannot get at. Only loopback is ever dialled: other addresses are asked of the rule alone. */
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
        assertThat(Node.told(ran.outcome())).isEqualTo("Done[decision=null]");
        assertThat(OUTSIDE.count()).isEqualTo(before + 1);
        var otherPort = OPEN.run("module.exports = async () => fetch('http://127.0.0.1:65001/');");
        assertThat(Node.told(otherPort.outcome())).startsWith("EACCES: ");
    }

    @Test
    void axios_is_there_in_both_spellings_and_other_packages_are_not() {
        var both = "const axios = require('axios'); const {default: same} = require('axios');"
                + "module.exports = (r, t, c, cb) => cb(axios.post && axios.post === same.post ? null : 'no');";
        assertThat(Node.told(CLOSED.run(both).outcome())).isEqualTo("Done[decision=null]");
        assertThat(CLOSED.error("require('left-pad'); module.exports = () => {};"))
                .contains("Cannot find module 'left-pad'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::808:808",
                "2002:a00:1::1",
                "2002:7f00:1::",
                "100::1",
                "fec0::1",
                "5f00::1",
                "3fff::1"
            })
    void addresses_that_are_not_public_are_not_allowed(String address) throws Exception {
        var closed = new AddressPolicy(List.of());
        assertThat(closed.allows(InetAddress.getByName(address), 443)).isFalse();
        var named = new AddressPolicy(List.of(new Destination(InetAddress.getByName(address), 8, 443)));
        assertThat(named.allows(InetAddress.getByName(address), 443)).isTrue();
        assertThat(named.allows(InetAddress.getByName(address), 444)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1"
            })
    void public_addresses_are_allowed(String address) throws Exception {
        assertThat(new AddressPolicy(List.of()).allows(InetAddress.getByName(address), 443))
                .isTrue();
    }

    @Test
    void workers_leave_no_socket_behind_and_read_nothing_of_the_data_folder() throws Exception {
        Files.writeString(CLOSED.folder().resolve("master.key"), "secret");
        assertThat(CLOSED.error(doing("require('fs').readFileSync('" + CLOSED.folder() + "/master.key')")))
                .contains("Access to this API has been restricted");
    }
}
