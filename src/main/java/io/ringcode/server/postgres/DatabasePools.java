package io.ringcode.server.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.ringcode.database.DatabaseCheck;
import io.ringcode.database.DatabaseWatch;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** The pools of connections: one for requests, and small ones for batches and for patient work. */
@Configuration(proxyBeanMethods = false)
class DatabasePools {
    private static final int FOR_REQUESTS = 13;
    /** Codes that are sent, carriers' answers, codes that are typed. */
    private static final int FOR_BATCHES = 3;

    private static final int FOR_PATIENT_WORK = 4;

    /** Firewalls commonly forget a connection after five minutes without a packet. */
    private static final Duration KEEPALIVE = Duration.ofMinutes(1);

    private static final Duration VALIDATION = Duration.ofSeconds(1);

    private final ConnectAttempts attempts = new ConnectAttempts();

    @Bean
    HikariDataSource pool(DatabaseStart database, Environment environment) {
        var pool = pool("database", database, ConnectionTimes.OF_REQUESTS);
        pool.setMaximumPoolSize(FOR_REQUESTS);
        Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(pool));
        return pool;
    }

    /** Which of them it is, the work says. */
    @Bean
    @Primary
    ChosenPool dataSource(DatabaseStart database, HikariDataSource pool, ObjectProvider<DatabaseWatch> watch) {
        var patient = pool("patient", database, ConnectionTimes.OF_PATIENT_WORK);
        patient.setMaximumPoolSize(FOR_PATIENT_WORK);
        patient.setMinimumIdle(0);
        patient.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        var batches = pool("batches", database, ConnectionTimes.OF_BATCHES);
        batches.setMaximumPoolSize(FOR_BATCHES);
        return new ChosenPool(database, pool, batches, patient, watch);
    }

    @Bean
    DatabaseCheck databaseCheck(HikariDataSource pool) {
        return new PoolCheck(pool);
    }

    private HikariDataSource pool(String name, DatabaseStart database, ConnectionTimes times) {
        var pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setDataSource(new PostgresConnections(database, times, attempts));
        // As long as anybody waits: then the caller is told to come again.
        pool.setConnectionTimeout(DatabaseWatch.WORTH_WAITING.toMillis());
        // Attempts begin with the pool and go on; nobody has to wait for the first of them to fail.
        pool.setInitializationFailTimeout(-1);
        pool.setValidationTimeout(VALIDATION.toMillis());
        pool.setKeepaliveTime(KEEPALIVE.toMillis());
        pool.setExceptionOverride(new ConnectionEviction(pool));
        return pool;
    }
}
