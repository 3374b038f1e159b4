# Runs a command in a file system that holds the system's programs and libraries, read-only, and what the arguments name.
# In namespaces of its own (mount, process), as the root of those: sh walls.sh MOUNT_POINT PATH… -- COMMAND…
set -eu
root=$1
shift
mount -t tmpfs -o mode=755,size=64k,nosuid,nodev tmpfs "$root"
cd "$root"
show() {
    if [ -L "$1" ]; then
        mkdir -p ".${1%/*}"
        ln -s "$(readlink "$1")" ".$1"
        return
    fi
    if [ -d "$1" ]; then mkdir -p ".$1"; else mkdir -p ".${1%/*}"; : > ".$1"; fi
    # What the machine forbids on a mount may not be permitted again inside a user namespace.
    mount --bind -o ro,nosuid,nodev "$1" ".$1" 2>/dev/null || mount --bind -o ro,nosuid,nodev,noexec "$1" ".$1"
}
while [ "$1" != -- ]; do
    if [ -e "$1" ]; then show "$1"; fi
    shift
done
shift
mkdir .old proc
# Shows the worker's own processes alone. Where a container forbids it, the machine's serves while umount reads the
# list of mounts, and a link that leads nowhere is left.
if ! mount -t proc -o ro,nosuid,nodev,noexec proc proc 2>/dev/null; then
    rmdir proc
    ln -s .old/proc proc
fi
# Of this mount alone: the file system's own options name accounts that a user namespace does not know.
mount -o remount,bind,ro,nosuid,nodev "$root"
pivot_root . .old
cd /
umount -l /.old
exec env -i "$@"
