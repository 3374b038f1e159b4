package io.ringcode;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Component;

/** Arrows point down the list of rooms, never up, and each room keeps to its own business. */
class ModulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.ringcode");
    private static final String[] ROOMS = {
        "io.ringcode.audit..",
        "io.ringcode.challenge..",
        "io.ringcode.enrollment..",
        "io.ringcode.fraud..",
        "io.ringcode.template..",
        "io.ringcode.delivery..",
        "io.ringcode.tenant..",
        "io.ringcode.client..",
        "io.ringcode.user..",
        "io.ringcode.phone..",
        "io.ringcode.secret.."
    };

    @Test
    void modules_use_what_they_are_allowed_and_only_public_types_of_it() {
        ApplicationModules.of(RingcodeApplication.class).verify();
    }

    @Test
    void no_arrow_is_allowed_that_nobody_needs() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .filter(info -> info.isAnnotatedWith(ApplicationModule.class))
                        .flatMap(info -> Arrays.stream(info.getAnnotationOfType(ApplicationModule.class)
                                        .allowedDependencies())
                                .filter(allowed -> !isUsed(info.getPackageName(), allowed))
                                .map(allowed -> info.getPackageName() + " -> " + allowed)))
                .isEmpty();
    }

    /** @param allowed a module, or a module and its named interface, which is the package of that name */
    private static boolean isUsed(String user, String allowed) {
        var target = "io.ringcode." + allowed.replace(" :: ", ".");
        return CLASSES.stream()
                .filter(type -> within(type, user))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .anyMatch(arrow -> arrow.getTargetClass().getPackageName().equals(target));
    }

    private static boolean within(JavaClass type, String module) {
        return (type.getPackageName() + ".").startsWith(module + ".");
    }

    @Test
    void rooms_do_not_know_the_web() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOMS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.servlet..",
                        "org.springframework.web..",
                        "org.springframework.http..",
                        "org.springframework.security.web..")
                .check(CLASSES);
    }

    @Test
    void only_delivery_speaks_to_the_world() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ringcode.delivery..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
    }

    @Test
    void carriers_are_strangers_to_each_other() {
        slices().matching("io.ringcode.delivery.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        alwaysTrue(), resideInAnyPackage("io.ringcode.delivery.http", "io.ringcode.delivery.voice"))
                .check(CLASSES);
    }

    @Test
    void the_time_is_told_by_the_clock_that_was_given() {
        DescribedPredicate<JavaMethodCall> readsTheMachinesClock = describe("the machine's own clock", call -> {
            var target = call.getTarget();
            if (target.getOwner().isEquivalentTo(Clock.class))
                return target.getName().startsWith("system");
            if (target.getName().equals("currentTimeMillis")) return true;
            return target.getName().equals("now")
                    && target.getOwner().getPackageName().equals("java.time")
                    && target.getRawParameterTypes().isEmpty();
        });
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ringcode.server..")
                .should()
                .callMethodWhere(readsTheMachinesClock)
                .check(CLASSES);
    }

    /** A stream of rows that nobody closes keeps its connection for good. {@code list().stream()} has no such trap. */
    @Test
    void rows_are_read_to_their_end() {
        DescribedPredicate<JavaMethodCall> leavesRowsOpen = describe("rows that have to be closed", call -> {
            var target = call.getTarget();
            return target.getOwner().getPackageName().startsWith("org.springframework.jdbc")
                    && target.getRawReturnType().isAssignableTo(Stream.class);
        });
        noClasses().should().callMethodWhere(leavesRowsOpen).check(CLASSES);
    }

    /** A connection is taken and given back by Spring; what runs before there is a pool closes its own. */
    @Test
    void nobody_takes_a_connection_by_hand() {
        noClasses()
                .should()
                .callMethod(DataSource.class, "getConnection")
                .orShould()
                .callMethod(DataSource.class, "getConnection", String.class, String.class)
                .check(CLASSES);
    }

    @Test
    void phone_has_values_only() {
        noClasses()
                .that()
                .resideInAPackage("io.ringcode.phone..")
                .should()
                .beMetaAnnotatedWith(Component.class)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.ringcode.phone..")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CLASSES);
    }
}
