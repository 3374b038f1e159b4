package io.ringcode.delivery.aws;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import io.ringcode.phone.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's account for AWS End User Messaging.
 *
 * @param from what an SMS comes from: number, sender ID or pool, by id or ARN
 * @param voiceFrom a number or pool that can call
 * @param configurationSet without it Amazon sends no events
 * @param topic the SNS topic that its events go to; events of no other are read
 */
record AwsSmsVoiceAccount(
        AwsKeys keys,
        @Nullable String from,
        @Nullable String voiceFrom,
        @Nullable String configurationSet,
        @Nullable String topic) {
    private static final String IDENTITY = "[A-Za-z0-9_:/+-]{1,256}";

    static final AccountForm<AwsSmsVoiceAccount> FORM = new AccountForm<>(
            "aws-sms-voice",
            "AWS End User Messaging",
            AwsKeys.fields(
                    AccountField.named("default_from", "From")
                            .matching(IDENTITY, "must be a number, sender ID or pool, by id or ARN"),
                    AccountField.named("voice_from", "From, for calls")
                            .matching(IDENTITY, "must be a number or pool, by id or ARN"),
                    AccountField.named("configuration_set").matching("[A-Za-z0-9_:/-]{1,256}", "must be a name or ARN"),
                    AccountField.named("topic_arn")
                            .matching(
                                    "arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}",
                                    "must be the ARN of an SNS topic")),
            AwsSmsVoiceAccount::of);

    private static AwsSmsVoiceAccount of(AccountValues values) {
        return new AwsSmsVoiceAccount(
                AwsKeys.of(values),
                values.find("default_from"),
                values.find("voice_from"),
                values.find("configuration_set"),
                values.find("topic_arn"));
    }

    boolean suffices(Channel channel) {
        return switch (channel) {
            case SMS -> from != null;
            case VOICE -> voiceFrom != null;
        };
    }
}
