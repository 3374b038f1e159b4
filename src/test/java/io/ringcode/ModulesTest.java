package io.ringcode;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.phone.Channel;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.NamedInterface;
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
        "io.ringcode.factor..",
        "io.ringcode.fraud..",
        "io.ringcode.template..",
        "io.ringcode.delivery..",
        "io.ringcode.tenant..",
        "io.ringcode.client..",
        "io.ringcode.user..",
        "io.ringcode.phone..",
        "io.ringcode.secret.."
    };

    /** What carriers are written with, beside the types of delivery itself. */
    private static final List<String> FOR_CARRIERS = List.of("account", "carrier", "http", "voice");

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

    /** A further channel is a constant, its texts, and what each carrier says of it. */
    @Test
    void which_channel_it_is_only_the_phone_the_carriers_and_the_resources_of_texts_ask() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.ringcode.phone..",
                        "io.ringcode.delivery.*..",
                        "io.ringcode.localphone..",
                        "io.ringcode.management.phone..")
                .should()
                .accessFieldWhere(describe(
                        "a channel by its name",
                        access -> access.getTarget().getOwner().isEquivalentTo(Channel.class)
                                && List.of("SMS", "VOICE")
                                        .contains(access.getTarget().getName())))
                .check(CLASSES);
    }

    @Test
    void only_delivery_and_the_guarded_client_speak_to_the_world() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.ringcode.delivery..", "io.ringcode.network..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "org.apache.hc..")
                .check(CLASSES);
    }

    @Test
    void carriers_see_each_other_never_and_of_delivery_only_what_is_made_for_them() {
        var rooms = Stream.concat(FOR_CARRIERS.stream(), Stream.of("ledger", "outbox", "receipt", "routing"))
                .toList();
        slices().matching("io.ringcode.delivery.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(below("delivery", rooms), below("delivery", rooms))
                .ignoreDependency(alwaysTrue(), below("delivery", FOR_CARRIERS))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> below(String module, List<String> packages) {
        return resideInAnyPackage(packages.stream()
                .map(name -> "io.ringcode." + module + "." + name + "..")
                .toArray(String[]::new));
    }

    @Test
    void packages_below_the_modules_are_free_of_circles() {
        slices().matching("io.ringcode.(*).(*)..")
                .namingSlices("$1.$2")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /** Packages below a module are closed to other modules, unless one of them needs something there. */
    @Test
    void no_package_is_open_that_no_other_module_needs() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.isAnnotatedWith(NamedInterface.class))
                        .filter(open -> CLASSES.stream()
                                .filter(type -> !within(type, moduleOf(open)))
                                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                                .map(Dependency::getTargetClass)
                                .noneMatch(target -> open.getSimpleName().equals("package-info")
                                        ? target.getPackageName().equals(open.getPackageName())
                                        : target.equals(open)))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    private static String moduleOf(JavaClass type) {
        return Stream.of(type.getPackageName().split("\\.")).limit(3).collect(Collectors.joining("."));
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

    /** What somebody does to a method of one's own comes by two doors, and neither has rows or a rule of its own. */
    @Test
    void the_page_of_ones_own_methods_and_the_my_account_api_change_them_by_the_same_service() {
        for (var door : List.of("MethodPages", "OwnMethods"))
            classes()
                    .that()
                    .haveSimpleName(door)
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(AuthenticatorAdmin.class)
                    .check(CLASSES);
        noClasses()
                .that()
                .haveSimpleName("MethodPages")
                .or()
                .resideInAPackage("io.ringcode.myaccount..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.jdbc..")
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
