/* SPDX-License-Identifier: EUPL-1.2 */
package org.plenum;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The directions of the modules and packages, over the classes of all modules of the build. */
@AnalyzeClasses(locations = ArchitectureTest.AllModules.class)
class ArchitectureTest {
    private static final String CONFERENCE = "org.plenum.conference.";
    private static final Set<String> DOMAIN = Set.of("tariff", "user", "room", "event", "invite", "asset", "phone");
    private static final Set<String> MEETING = Set.of("signaling", "live");

    @ArchTest
    static final ArchRule coreIsPure = noClasses()
            .that()
            .resideInAnyPackage("org.plenum.media.core..", "org.plenum.media.livekit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..",
                    "java.nio.channels..",
                    "java.io..",
                    "java.util.concurrent..",
                    "jakarta..",
                    "org.bouncycastle..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Clock.class)
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule modulesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("media.api")
            .definedBy("org.plenum.media.api..")
            .layer("impairment")
            .definedBy("org.plenum.media.impairment..")
            .layer("core")
            .definedBy("org.plenum.media.core..")
            .layer("livekit")
            .definedBy("org.plenum.media.livekit..")
            .layer("io")
            .definedBy("org.plenum.media.io..")
            .layer("front")
            .definedBy("org.plenum.media.front..")
            .layer("rar")
            .definedBy("org.plenum.media.jca..")
            .layer("ejb")
            .definedBy("org.plenum.conference..")
            .layer("web")
            .definedBy("org.plenum.web..")
            .layer("sip")
            .definedBy("org.plenum.sip..")
            .whereLayer("media.api")
            .mayNotAccessAnyLayer()
            .whereLayer("impairment")
            .mayNotAccessAnyLayer()
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("livekit")
            .mayOnlyAccessLayers("core", "media.api")
            .whereLayer("io")
            .mayOnlyAccessLayers("core", "livekit", "media.api")
            .whereLayer("front")
            .mayNotAccessAnyLayer()
            .whereLayer("rar")
            .mayOnlyAccessLayers("front", "io", "media.api")
            .whereLayer("ejb")
            .mayOnlyAccessLayers("media.api")
            .whereLayer("web")
            .mayOnlyAccessLayers("ejb", "media.api")
            .whereLayer("sip")
            .mayOnlyAccessLayers("ejb", "media.api", "core");

    @ArchTest
    static final ArchRule theTelephoneSharesOnlySrtpAndReports = noClasses()
            .that()
            .resideInAPackage("org.plenum.sip..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.plenum.media.core..")
                    .and(not(resideInAnyPackage("org.plenum.media.core.srtp..", "org.plenum.media.core.rtcp.."))));

    @ArchTest
    static final ArchRule ioKnowsNoContainer = noClasses()
            .that()
            .resideInAPackage("org.plenum.media.io..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta..");

    @ArchTest
    static final ArchRule domainKnowsNoWeb = noClasses()
            .that()
            .resideInAPackage("org.plenum.conference..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.websocket..");

    @ArchTest
    static final ArchRule conferencePointsOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("tariff, user")
            .definedBy("org.plenum.conference.tariff..", "org.plenum.conference.user..")
            .layer("room")
            .definedBy("org.plenum.conference.room..")
            .layer("event, invite, asset, phone")
            .definedBy(
                    "org.plenum.conference.event..",
                    "org.plenum.conference.invite..",
                    "org.plenum.conference.asset..",
                    "org.plenum.conference.phone..")
            .layer("signaling")
            .definedBy("org.plenum.conference.signaling..")
            .layer("live")
            .definedBy("org.plenum.conference.live..")
            .layer("namespaces")
            .definedBy(describe("a namespace", ArchitectureTest::isNamespace))
            .whereLayer("tariff, user")
            .mayNotAccessAnyLayer()
            .whereLayer("room")
            .mayOnlyAccessLayers("tariff, user")
            .whereLayer("event, invite, asset, phone")
            .mayOnlyAccessLayers("room", "tariff, user")
            .whereLayer("signaling")
            .mayNotAccessAnyLayer()
            .whereLayer("live")
            .mayOnlyAccessLayers("signaling", "event, invite, asset, phone", "room", "tariff, user")
            .whereLayer("namespaces")
            .mayOnlyAccessLayers("signaling", "event, invite, asset, phone", "room", "tariff, user");

    @ArchTest
    static final ArchRule domainIsAcyclic =
            slices().assignedFrom(packagesWhere(DOMAIN::contains)).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namespacesAreIslands = slices().assignedFrom(
                    packagesWhere(name -> !DOMAIN.contains(name) && !MEETING.contains(name)))
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule fewSteerTheRoom = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.plenum.conference.signaling..",
                    "org.plenum.conference.live..",
                    "org.plenum.conference.moderation..",
                    "org.plenum.conference.breakout..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.plenum.conference.signaling.RoomControl");

    @ArchTest
    static final ArchRule entitiesStayInTheConference = noClasses()
            .that()
            .resideOutsideOfPackage("org.plenum.conference..")
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith("jakarta.persistence.Entity");

    /** The package directly below org.plenum.conference, or nothing. */
    private static String part(JavaClass c) {
        String name = c.getPackageName() + ".";
        return name.startsWith(CONFERENCE) && name.length() > CONFERENCE.length()
                ? name.substring(CONFERENCE.length(), name.indexOf('.', CONFERENCE.length()))
                : "";
    }

    private static boolean isNamespace(JavaClass c) {
        return !part(c).isEmpty() && !DOMAIN.contains(part(c)) && !MEETING.contains(part(c));
    }

    private static SliceAssignment packagesWhere(Predicate<String> belongs) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass c) {
                String part = part(c);
                return !part.isEmpty() && belongs.test(part) ? SliceIdentifier.of(part) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the packages of the conference";
            }
        };
    }

    /** The compiled classes where the reactor left them: a RAR and a WAR are no jars that a test could depend on. */
    static final class AllModules implements LocationProvider {
        private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

        @Override
        public Set<Location> get(Class<?> testClass) {
            return Stream.of(
                            "media-jca/api",
                            "media-jca/health",
                            "media-jca/impairment",
                            "media-jca/core",
                            "media-jca/livekit",
                            "media-jca/io",
                            "media-jca/front",
                            "media-jca/rar",
                            "ejb",
                            "web",
                            "sip-servlet")
                    .map(module -> ROOT.resolve(module).resolve("target/classes"))
                    .peek(AllModules::mustExist)
                    .map(Location::of)
                    .collect(Collectors.toSet());
        }

        private static void mustExist(Path classes) {
            if (!Files.isDirectory(classes)) {
                throw new IllegalStateException("no classes in " + classes + ": build the whole project");
            }
        }
    }
}
