package io.ringcode.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check that lets everything pass proves nothing: each document takes what is right and no misspelt field. */
class VendorDocumentTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "infobip-sms | ~1sms~13~1messages | {'messages':[{'destinations':[{'to':'1'}],'content':{'text':'x'}}]} | text",
                "infobip-sms | ~1sms~13~1messages | {'messages':[{'destinations':[{'to':'1','messageId':'1'}],'content':{'text':'x'}}]} | messageId",
                "infobip-sms | ~1sms~13~1messages | {'messages':[{'destinations':[{'to':'1'}],'content':{'text':'x'},'webhooks':{'delivery':{'url':'x'}}}]} | url",
                "infobip-voice | ~1tts~13~1advanced | {'messages':[{'destinations':[{'to':'1'}],'repeatDtmf':'1'}]} | repeatDtmf",
                "vonage-messages | ~1v1~1messages | {'message_type':'text','channel':'sms','to':'14155550123','from':'x','text':'x','ttl':20} | ttl",
                "vonage-voice | ~1 | {'to':[{'type':'phone','number':'14155550123'}],'from':{'type':'phone','number':'14155550123'},'ncco':[{}],'length_timer':9} | length_timer",
                "vonage-voice | ~1 | {'to':[{'type':'phone','number':'14155550123'}],'from':{'type':'phone','number':'14155550123'},'ncco':[{}]} | number",
                "mitto | ~1sms | {'from':'abc','to':'+14155550123','text':'x','type':'Auto'} | type",
                "aws-sms-voice-v2-text | ~1 | {'DestinationPhoneNumber':'+14155550123','MessageBody':'x'} | MessageBody",
            })
    void json(String document, String path, String body, String field) {
        var headers = Map.of("content-type", JSON);
        var right = new CarrierRequest("POST", "/", headers, body.replace('\'', '"'));
        var misspelt = new CarrierRequest(
                "POST", "/", headers, right.body().replace("\"" + field + "\"", "\"" + field + "x\""));
        var checked = VendorDocument.of(document + ".openapi.json");
        assertThat(checked.problems(path + "/post", right)).isEmpty();
        assertThat(checked.problems(path + "/post", misspelt)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "telesign, ~1v1~1messaging, phone_number=14155550123&message=x&message_type=OTP&sender_id=x, sender_id",
        "telesign, ~1v1~1voice, phone_number=14155550123&message=x&message_type=OTP&voice=f-de-DE, voice",
        "vonage-sms, ~1{format}, api_key=abcd1234&from=x&to=14155550123&text=x&ttl=20000, ttl",
        "aws-sns, ~1, Action=Publish&Version=2010-03-31&Message=x&PhoneNumber=%2B14155550123, PhoneNumber",
    })
    void forms(String document, String path, String body, String field) {
        var headers = Map.of("content-type", FORM);
        var right = new CarrierRequest("POST", "/", headers, body);
        var misspelt = new CarrierRequest("POST", "/", headers, body.replace(field + "=", field + "x="));
        var checked = VendorDocument.of(document + ".openapi.json");
        assertThat(checked.problems(path + "/post", right)).isEmpty();
        assertThat(checked.problems(path + "/post", misspelt)).isNotEmpty();
    }
}
