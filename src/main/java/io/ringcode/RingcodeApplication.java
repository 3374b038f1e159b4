package io.ringcode;

import io.ringcode.log.chain.VerifyLog;
import io.ringcode.server.Launch;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.SslHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.ssl.SslMetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ScheduledTasksObservationAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.metrics.TomcatMetricsAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/** Left out is what Boot would set up for every start and nothing here uses, such as proxies for annotated transactions. */
@SpringBootApplication(
        exclude = {
            AopAutoConfiguration.class,
            DataSourceInitializationAutoConfiguration.class,
            InfoContributorAutoConfiguration.class,
            PersistenceExceptionTranslationAutoConfiguration.class,
            ProjectInfoAutoConfiguration.class,
            ScheduledTasksObservationAutoConfiguration.class,
            SslAutoConfiguration.class,
            SslHealthContributorAutoConfiguration.class,
            SslMetricsAutoConfiguration.class,
            TaskSchedulingAutoConfiguration.class,
            TomcatMetricsAutoConfiguration.class,
            TransactionAutoConfiguration.class
        })
public class RingcodeApplication {
    public static void main(String[] args) {
        Launch.main(args, System.getenv(), new VerifyLog());
    }
}
