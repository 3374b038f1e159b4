package io.ringcode.delivery.aws;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An AWS region and an access key that may send there. */
record AwsKeys(String region, String accessKeyId, String secretAccessKey) {
    /** The fields of every account with Amazon, and those of one service. */
    static List<AccountField> fields(AccountField... more) {
        var fields = new ArrayList<>(List.of(
                AccountField.named("region")
                        .needed()
                        .matching("[a-z]{2}(-[a-z]+)+-\\d", "must be a region, such as eu-central-1"),
                AccountField.named("access_key_id")
                        .needed()
                        .matching("[A-Z0-9]{16,128}", "must be an access key id, such as AKIA…"),
                AccountField.secret("secret_access_key")
                        .needed()
                        .matching("[A-Za-z0-9/+=]{16,128}", "must be a secret access key")));
        fields.addAll(Arrays.asList(more));
        return List.copyOf(fields);
    }

    static AwsKeys of(AccountValues values) {
        return new AwsKeys(values.get("region"), values.get("access_key_id"), values.get("secret_access_key"));
    }

    /** @param service as its host begins */
    String host(String service) {
        return host(service, region);
    }

    static String host(String service, String region) {
        return service + "." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : "");
    }

    @Override
    public String toString() {
        return "AwsKeys[" + region + ", " + accessKeyId + "]";
    }
}
