package io.ringcode.bench;

import java.time.Duration;

/** What happens while people sign in. */
enum FailOverEvent {
    NODE_KILLED("a node is killed and started again", Duration.ofSeconds(40)) {
        @Override
        Mending happen(FailOverBed bed) throws Exception {
            bed.killServer();
            Thread.sleep(Duration.ofSeconds(5));
            bed.startServer();
            return NOTHING;
        }
    },
    NODES_RESTARTED("both nodes are restarted one by one", Duration.ofSeconds(50)) {
        @Override
        Mending happen(FailOverBed bed) throws Exception {
            bed.restartServers();
            return NOTHING;
        }
    },
    SWITCH_OVER("switch-over", Duration.ofSeconds(40)) {
        @Override
        Mending happen(FailOverBed bed) throws Exception {
            bed.cluster().switchOver();
            return NOTHING;
        }
    },
    PRIMARY_KILLED("primary killed", Duration.ofSeconds(75)) {
        @Override
        Mending happen(FailOverBed bed) throws Exception {
            var gone = bed.cluster().leader();
            gone.kill();
            return gone::startAgain;
        }
    },
    PRIMARY_FROZEN("primary frozen, and woken a minute later", Duration.ofSeconds(80)) {
        @Override
        Mending happen(FailOverBed bed) throws Exception {
            var frozen = bed.cluster().leader();
            frozen.freeze();
            Thread.sleep(Duration.ofMinutes(1));
            frozen.thaw();
            return NOTHING;
        }
    };

    private static final Mending NOTHING = () -> {};

    private final String title;
    private final Duration watched;

    /** What is left to do after the event was watched. */
    interface Mending {
        void mend() throws Exception;
    }

    FailOverEvent(String title, Duration watched) {
        this.title = title;
        this.watched = watched;
    }

    abstract Mending happen(FailOverBed bed) throws Exception;

    String title() {
        return title;
    }

    /** From the moment that it happens. */
    Duration watched() {
        return watched;
    }
}
