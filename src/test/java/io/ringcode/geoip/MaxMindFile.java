package io.ringcode.geoip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes small files in the MaxMind DB format 2.0: a binary tree of address bits, then a data section, then metadata. */
public final class MaxMindFile {
    private static final int EMPTY = -1;
    private static final byte[] BEFORE_METADATA = {
        (byte) 0xab, (byte) 0xcd, (byte) 0xef, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
    };

    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private MaxMindFile() {}

    /** @param networks what is stored, by network such as {@code 198.51.100.0/24} */
    public static Path write(Path file, Map<String, Map<String, Object>> networks) throws IOException {
        var written = new MaxMindFile();
        for (var network : networks.entrySet()) written.add(network.getKey(), network.getValue());
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, written.bytes());
        return Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void add(String network, Map<String, Object> members) {
        var parts = network.split("/", -1);
        var address = InetAddress.ofLiteral(parts[0]).getAddress();
        var bits = new byte[16];
        System.arraycopy(address, 0, bits, 16 - address.length, address.length);
        int length = Integer.parseInt(parts[1]) + 8 * (16 - address.length);
        int node = 0;
        for (int i = 0; i < length - 1; i++) {
            int bit = bit(bits, i);
            if (nodes.get(node)[bit] == EMPTY) {
                nodes.get(node)[bit] = nodes.size();
                nodes.add(new int[] {EMPTY, EMPTY});
            }
            node = nodes.get(node)[bit];
        }
        // Below every number of a node, so that it can be told from one until their count is known.
        nodes.get(node)[bit(bits, length - 1)] = -2 - data.size();
        put(data, members);
    }

    private static int bit(byte[] bits, int i) {
        return bits[i / 8] >> (7 - i % 8) & 1;
    }

    private byte[] bytes() {
        var tree = ByteBuffer.allocate(8 * nodes.size() + 16);
        for (var node : nodes)
            for (var to : node) tree.putInt(to == EMPTY ? nodes.size() : to >= 0 ? to : nodes.size() + 16 - to - 2);
        var file = new ByteArrayOutputStream();
        file.writeBytes(tree.array());
        file.writeBytes(data.toByteArray());
        file.writeBytes(BEFORE_METADATA);
        put(
                file,
                Map.of(
                        "node_count", nodes.size(),
                        "record_size", 32,
                        "ip_version", 6,
                        "database_type", "Test",
                        "languages", List.of(),
                        "binary_format_major_version", 2,
                        "binary_format_minor_version", 0,
                        "build_epoch", 1_900_000_000,
                        "description", Map.of()));
        return file.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, Object value) {
        switch (value) {
            case String text -> {
                var bytes = text.getBytes(UTF_8);
                control(out, 2, bytes.length);
                out.writeBytes(bytes);
            }
            case Integer number -> {
                control(out, 6, 4);
                out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
            }
            case Boolean yes -> control(out, 14, yes ? 1 : 0);
            case List<?> list -> {
                control(out, 11, list.size());
                list.forEach(item -> put(out, item));
            }
            case Map<?, ?> map -> {
                control(out, 7, map.size());
                map.forEach((name, item) -> {
                    put(out, name);
                    put(out, item);
                });
            }
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    /** Types from 8 on stand in a second byte; sizes from 29 on in a further one. */
    private static void control(ByteArrayOutputStream out, int type, int size) {
        out.write((type < 8 ? type << 5 : 0) | Math.min(size, 29));
        if (type >= 8) out.write(type - 7);
        if (size >= 29) out.write(size - 29);
    }
}
