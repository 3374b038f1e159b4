package io.ringcode.management;

import io.ringcode.batch.TooBusy;
import io.ringcode.client.Caller;
import io.ringcode.json.BodySchema;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.management.door.CallRules;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.text.StorableText;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Calls of the Management API within the process, for pages: of the controllers themselves, with the scopes, the rate and the
 * log of changes that hold for requests.
 */
@Component
public class ManagementCalls {
    /** @param body as the API would send it; missing where there is none */
    public record Answer(int status, JsonNode body) {
        public boolean isGood() {
            return status < 300;
        }

        /** What was wrong, in the API's words. */
        public String problem() {
            return body.path("message").asString("The server answered " + status + ".");
        }
    }

    private final CallRules rules;
    private final ObjectMapper json;

    ManagementCalls(CallRules rules, ObjectMapper json) {
        this.rules = rules;
        this.json = json;
    }

    /** @return the controller, which now asks first whether its {@link Caller} may make the call */
    @SuppressWarnings("unchecked") // a subclass of the target's class
    public <C> C guarded(C controller) {
        var proxies = new ProxyFactory(controller);
        proxies.setProxyTargetClass(true);
        proxies.addAdvice((org.aopalliance.intercept.MethodInterceptor) this::admit);
        return (C) proxies.getProxy(controller.getClass().getClassLoader());
    }

    private @Nullable Object admit(MethodInvocation call) throws Throwable {
        var scopes = RequiredScopes.of(call.getMethod());
        if (call.getMethod().getDeclaringClass() == Object.class) return call.proceed();
        if (scopes.isEmpty()) throw new IllegalStateException("No scope is declared on " + call.getMethod());
        for (var argument : call.getArguments())
            if (argument instanceof Caller caller) {
                rules.admit(caller, scopes);
                requireText(call);
                return call.proceed();
            }
        throw new IllegalStateException("No caller is named to " + call.getMethod());
    }

    /** As of a request's parameters. */
    private static void requireText(MethodInvocation call) {
        var arguments = call.getArguments();
        for (int i = 0; i < arguments.length; i++)
            if (arguments[i] instanceof String text && !StorableText.is(text))
                throw ManagementRefused.query(
                        call.getMethod().getParameters()[i].getName(), "Expected well-formed text");
    }

    /** What the call answers, or how it was refused. */
    public Answer answer(Supplier<@Nullable Object> call) {
        try {
            var body = call.get();
            return new Answer(200, body == null ? json.missingNode() : json.valueToTree(body));
        } catch (InvalidBody unfit) {
            return refused(ManagementRefused.of(unfit));
        } catch (ManagementRefused no) {
            return refused(no);
        } catch (TooBusy busy) {
            return new Answer(503, json.createObjectNode().put("message", TooBusy.SENTENCE));
        }
    }

    /** The same of a call that answers nothing. */
    public Answer done(Runnable call) {
        return answer(() -> {
            call.run();
            return null;
        });
    }

    /** The same of a call with a body: what a form says, by the names of the schema. */
    public <B extends JsonBody> Answer answer(Class<B> type, Map<String, ?> form, Function<B, @Nullable Object> call) {
        return answer(() -> call.apply(body(type, form)));
    }

    /** @throws InvalidBody when the form does not fit */
    public <B extends JsonBody> B body(Class<B> type, Object form) {
        return BodySchema.of(type).read(json.readTree(json.writeValueAsBytes(form)));
    }

    /** What it answers; a missing node where the caller may not read it, or there is none. */
    public JsonNode read(Supplier<@Nullable Object> call) {
        var answer = answer(call);
        return answer.isGood() ? answer.body() : json.missingNode();
    }

    private Answer refused(ManagementRefused no) {
        return new Answer(no.status().value(), json.createObjectNode().put("message", no.sentence()));
    }
}
