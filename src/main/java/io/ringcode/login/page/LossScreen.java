package io.ringcode.login.page;

import java.util.List;

/** The pages on which a lost phone is reported. */
public sealed interface LossScreen extends Screen {
    @Override
    default String prompt() {
        return "lost-phone";
    }

    /**
     * {@code action} is the wire name of the factor by which the person is recognized, {@code tell-administrator} or {@code back-action};
     * With it comes the id of the lost one, so that another which is removed meanwhile changes nothing.
     *
     * @param ways other than by phone; none where there is nothing else
     */
    record LostPhone(List<BoundPhone> phones, List<Factor> ways, List<Problem> problems) implements LossScreen {
        @Override
        public String name() {
            return "lost-phone";
        }
    }

    /** A phone that may be the lost one. */
    record BoundPhone(String id, String maskedNumber) {}

    /** The administrator was told. Any {@code action} leads back. */
    record LossTold() implements LossScreen {
        @Override
        public String name() {
            return "lost-phone-told";
        }
    }
}
