package io.ringcode.session;

import io.ringcode.action.PostLogin;
import io.ringcode.action.PostLoginOutcome.Denied;
import io.ringcode.action.SignInContext.Method;
import io.ringcode.factor.Demand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of a sign-in once its user was known. It is kept with the sign-in, whose end must hold it as its beginning does.
 *
 * @param demand what the person is asked for beside the first factor; null while actions are still to say
 * @param actions what the tenant's actions have decided so far
 * @param methods what has been proved, in order
 * @param denied that an action refused it, and what the application is told; null where none did
 */
public record SignInDecision(
        @Nullable Demand demand,
        PostLogin actions,
        List<Method> methods,
        @Nullable Denied denied) {

    public SignInDecision {
        methods = List.copyOf(methods);
    }

    /** @param actions that are to run */
    public static SignInDecision pending(PostLogin actions, List<Method> methods) {
        return new SignInDecision(null, actions, methods, null);
    }

    public SignInDecision with(PostLogin actions) {
        return new SignInDecision(demand, actions, methods, denied);
    }

    public SignInDecision asking(Demand demand) {
        return new SignInDecision(demand, actions, methods, denied);
    }

    public SignInDecision refused(Denied denied) {
        return new SignInDecision(demand, actions, methods, denied);
    }

    public SignInDecision proved(Method method) {
        var all = new ArrayList<>(methods);
        all.add(method);
        return new SignInDecision(demand, actions, all, denied);
    }

    /** What actions have recorded of other places, in this sign-in and in the session that it began with. */
    public List<Method> recorded() {
        return Stream.concat(methods.stream().filter(Method::recorded), actions.recorded().stream())
                .toList();
    }

    /** Whether nothing is left to be decided. */
    public boolean settled() {
        return denied != null || (demand != null && actions.over());
    }
}
