package io.ringcode.log.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.log.stream.LogStream.Status;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LogStreamTableTest {
    /** The run in hand fails later than the administrator has paused it. */
    @Test
    void a_failure_does_not_take_back_that_a_stream_was_paused() {
        var server = Ringcode.shared();
        var tenant = server.tenant().id();
        var streams = server.bean(LogStreams.class);
        var table = server.bean(LogStreamTable.class);
        var sink = new Sink.Syslog("logs.example.com", 6514, true);
        var stream = streams.create(tenant, new LogStreams.Settings("paused", sink, Set.of(), null, false), null);
        var holder = UUID.randomUUID();
        server.bean(JdbcClient.class)
                .sql(
                        "UPDATE log_stream SET holder = ?, held_until = now() + '100 years' WHERE tenant_id = ? AND id = ?")
                .params(holder, tenant.value(), stream.id())
                .update();
        var settings = new LogStreams.Settings("paused", sink, Set.of(), null, false);
        streams.update(stream, settings, Status.PAUSED);
        table.failed(holder, stream, Status.ACTIVE, false, List.of(), Instant.EPOCH);
        assertThat(streams.find(tenant, stream.id()).orElseThrow().status()).isEqualTo(Status.PAUSED);
    }
}
