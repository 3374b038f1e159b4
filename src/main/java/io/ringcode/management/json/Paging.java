package io.ringcode.management.json;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which part of a list is asked for, and how it is answered. Two ways, as Auth0 has them: by page ({@code page},
 * {@code per_page}, {@code include_totals}) and, where a list offers it, by checkpoint ({@code from}, {@code take}).
 *
 * @param start the first item's place, from 0
 * @param size how many items at most, 1 to 100
 * @param totals whether the answer is wrapped with totals
 * @param checkpoint whether the caller reads by checkpoint, with {@code take}
 * @param from the checkpoint to continue from; null at the beginning
 * @param fields the only members that are answered, or those that are not; empty for all
 */
public record Paging(
        int start,
        int size,
        boolean totals,
        boolean checkpoint,
        @Nullable String from,
        Set<String> fields,
        boolean including) {
    private static final int MOST = 100;
    private static final int USUAL = 50;
    private static final int LAST_PAGE = 1_000_000;

    static Paging of(HttpServletRequest request) {
        var size = number(request, "per_page", USUAL, MOST);
        var page = number(request, "page", 0, LAST_PAGE);
        var from = request.getParameter("from");
        var checkpoint = from != null || request.getParameter("take") != null;
        var names = request.getParameter("fields");
        return new Paging(
                checkpoint ? 0 : page * size,
                checkpoint ? Math.max(1, number(request, "take", USUAL, MOST)) : size,
                flag(request, "include_totals", false),
                checkpoint,
                from,
                names == null ? Set.of() : Set.copyOf(Arrays.asList(names.split(",", -1))),
                flag(request, "include_fields", true));
    }

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    /** Everything of one item. */
    public static final Paging WHOLE = first(1);

    /** From the first item, as many as a page holds at most. */
    public static Paging first(int size) {
        return new Paging(0, size, false, false, null, Set.of(), true);
    }

    /**
     * @param page from 0
     * @throws ManagementRefused when there can be no such page
     */
    public static Paging page(int page, int size) {
        if (page < 0) throw ManagementRefused.query("page", "Expected type integer");
        atMost("page", page, LAST_PAGE);
        return new Paging(page * size, size, false, false, null, Set.of(), true);
    }

    /** By checkpoint, from where a step ended; from the beginning where that is null. */
    public static Paging after(@Nullable String from, int size) {
        return new Paging(0, size, false, true, from, Set.of(), true);
    }

    public Paging withTotals() {
        return new Paging(start, size, true, checkpoint, from, fields, including);
    }

    /** A list by page: bare, or wrapped with totals where the caller asked for them. */
    public <T> Page<T> page(String name, List<T> items, long total) {
        var shown = items.stream().map(this::shown).toList();
        if (!totals) return new Page<>(items, shown);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("start", start);
        answer.put("limit", size);
        answer.put("length", shown.size());
        answer.put("total", total);
        answer.put(name, shown);
        return new Page<>(items, answer);
    }

    /**
     * One part of a list that is read by checkpoint.
     *
     * @param items up to one more than {@link #size}: the surplus one tells that there is a next step
     * @param key of an item, for {@code from} of the next step
     */
    public <T> Page<T> step(String name, List<T> items, Function<T, String> key) {
        var more = items.size() > size;
        var here = more ? items.subList(0, size) : items;
        var answer = new LinkedHashMap<String, Object>();
        if (more && !here.isEmpty()) answer.put("next", key.apply(here.getLast()));
        answer.put(name, here.stream().map(this::shown).toList());
        return new Page<>(here, answer);
    }

    /** One item, with the members that the caller wants. */
    public <T> Selected<T> selected(T item) {
        return new Selected<>(item, shown(item));
    }

    private Object shown(Object item) {
        return fields.isEmpty() ? item : select(item);
    }

    /** The members of an item that the caller wants. */
    public Map<String, Object> select(Object item) {
        var shown = new LinkedHashMap<String, Object>();
        JsonMapper.shared().convertValue(item, MEMBERS).forEach((name, value) -> {
            if (fields.isEmpty() || fields.contains(name) == including) shown.put(name, value);
        });
        return shown;
    }

    public static boolean flag(HttpServletRequest request, String name, boolean unset) {
        return flag(name, request.getParameter(name), unset);
    }

    /** @param text as it stands in the query; null where it does not */
    public static boolean flag(String name, @Nullable String text, boolean unset) {
        if (text == null || text.isEmpty()) return unset;
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ManagementRefused.query(name, "Expected type boolean");
        };
    }

    private static int number(HttpServletRequest request, String name, int unset, int most) {
        return number(name, request.getParameter(name), unset, most);
    }

    /** @param text as it stands in the query; null where it does not */
    public static int number(String name, @Nullable String text, int unset, int most) {
        if (text == null || text.isEmpty()) return unset;
        if (!text.matches("[0-9]{1,9}")) throw ManagementRefused.query(name, "Expected type integer");
        var number = Integer.parseInt(text);
        atMost(name, number, most);
        return number;
    }

    private static void atMost(String name, int number, int most) {
        if (number > most) throw ManagementRefused.query(name, "Value " + number + " is greater than maximum " + most);
    }

    /** Gives a handler the paging of its request. */
    public static final class Resolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Paging.class;
        }

        @Override
        public Paging resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer model,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
        }
    }
}
