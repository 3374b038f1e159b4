# The server's image: `docker build --build-arg SOURCE_COMMIT="$(git rev-parse --short=12 HEAD)" -t ringcode .`
# It runs as one user who can write nothing but /var/lib/ringcode and /tmp, so that its root may be read-only.
ARG DEBIAN=debian:trixie-slim

FROM ${DEBIAN} AS build
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openjdk-25-jdk-headless maven binutils \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY bin bin
COPY pom.xml ringcode ./
COPY docs docs
COPY examples/hooks examples/hooks
COPY src/main src/main
ARG SOURCE_COMMIT=
# What the launcher builds, without the AOT cache (98 MB, of another JVM) and the database of the other processor.
RUN SOURCE_COMMIT="$SOURCE_COMMIT" ./ringcode --version \
 && rm -rf target/app/start.aot target/app/program-* \
 && case "$(uname -m)" in x86_64) other=arm64v8 ;; *) other=amd64 ;; esac \
 && rm target/app/lib/embedded-postgres-binaries-linux-$other-*.jar
# What the launcher stores as it is, for the sake of starts from its cache, takes half of the room when it is compressed.
RUN . bin/jdk.sh && require_jdk && for jar in target/app/lib/bc*.jar target/app/lib/AmazonCorretto*.jar; do \
      rm -rf jar && mkdir jar \
      && (cd jar && "$jdk/bin/jar" --extract --file "../$jar" && make_jar "../$jar" --no-manifest) || exit; \
    done
# Debian's modules bring debug symbols, which are ten times as large as what is run. Names of countries are told in the languages of the pages.
RUN . bin/jdk.sh && require_jdk && "$jdk/bin/jlink" --output /build/java \
  --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-9 \
  --include-locales=en,ar,da,de,es,fr,he,it,ja,nl,pl,pt,sv,tr,uk \
  --add-modules java.compiler,java.desktop,java.instrument,java.management,java.naming,java.net.http,java.scripting,java.security.jgss,java.sql,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs \
 && find /build/java -name '*.debuginfo' -delete \
 && strip --strip-unneeded /build/java/lib/server/libjvm.so

FROM ${DEBIAN}
RUN groupadd --gid 10001 ringcode \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/ringcode --shell /usr/sbin/nologin ringcode \
 && install -d -o 10001 -g 10001 -m 700 /var/lib/ringcode
COPY --from=build /build/java /opt/java
COPY --from=build /build/target/app /opt/ringcode
ENV LC_ALL=C.UTF-8 MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=30000 MALLOC_TRIM_THRESHOLD_=65536 RINGCODE_DATA_DIR=/var/lib/ringcode RINGCODE_LOG_FORMAT=json
USER 10001:10001
WORKDIR /var/lib/ringcode
VOLUME /var/lib/ringcode
EXPOSE 8080
STOPSIGNAL SIGTERM
# Without curl, which is not in the base: bash speaks enough http.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${RINGCODE_PORT:-8080} && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# The launcher's options; further ones in the JVM's own JDK_JAVA_OPTIONS, such as -Xmx512m.
ENTRYPOINT ["/opt/java/bin/java", "-XX:+ExitOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash", "-XX:+UseSerialGC", "-XX:-ShrinkHeapInSteps", "-Xms64m", "-Xmx160m", "-Xss512k", "-XX:ReservedCodeCacheSize=128m", "-XX:-UseCodeCacheFlushing", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dspring.aot.enabled=true", "-cp", "/opt/ringcode/ringcode.jar:/opt/ringcode/beans.jar", "io.ringcode.RingcodeApplication"]
