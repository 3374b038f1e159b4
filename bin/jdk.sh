# Sourced by ./ringcode, ./verify and the Dockerfile. Sets `jdk` to a JDK of the version that the project needs, or to nothing.
# A JDK says its version in its file `release`, so none has to be started to ask.

needed_java=25

is_needed_jdk() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")" = "$needed_java" ]
}

find_jdk() {
  jdk=
  on_path=$(command -v javac) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
  on_mac=$([ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v "$needed_java" 2>/dev/null)
  # Unquoted on purpose: the patterns are to become folders. RINGCODE_JVM_DIRS replaces the usual places.
  for candidate in "${RINGCODE_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" "$on_mac" \
    ${RINGCODE_JVM_DIRS-/usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/nonexistent}"/.sdkman/candidates/java/*}; do
    if [ -n "$candidate" ] && is_needed_jdk "$candidate"; then
      jdk=$candidate
      return
    fi
  done
}

require_jdk() {
  find_jdk
  if [ -z "$jdk" ]; then
    echo "ringcode: needs a JDK $needed_java and found none: install one (such as Eclipse Temurin $needed_java) or set RINGCODE_JAVA_HOME to its folder" >&2
    exit 69
  fi
}

require_maven() {
  command -v mvn >/dev/null 2>&1 || {
    echo "ringcode: needs Maven (mvn) to build and found none: install Maven 3.8 or newer" >&2
    exit 69
  }
}

# Takes the place of the shell. Maven itself still uses what newer JDKs warn about.
exec_maven() {
  export JAVA_HOME="$jdk" MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
  exec mvn -Dstyle.color=never "$@"
}

maven() {
  (exec_maven "$@")
}

# Puts the files of the current folder into a jar which is the same, byte by byte, in every build: sorted, all of one time.
# make_jar JAR [options of jar]; the JAR is not below the current folder.
make_jar() {
  find . -type f | sed 's|^\./||' | LC_ALL=C sort >"$1.files" &&
    "$jdk/bin/jar" --create --date=2020-01-01T00:00:00Z --file "$@" "@$1.files" &&
    rm "$1.files"
}
