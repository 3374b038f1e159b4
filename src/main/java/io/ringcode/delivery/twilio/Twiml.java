package io.ringcode.delivery.twilio;

import io.ringcode.delivery.voice.Speech;
import io.ringcode.delivery.voice.SpeechMarkup;
import io.ringcode.delivery.voice.Ssml;

/** TwiML, Twilio's markup language for calls. */
record Twiml(String language) implements SpeechMarkup {
    static final String CONTENT_TYPE = "text/xml; charset=utf-8";
    static final String HANG_UP = "<Response><Hangup/></Response>";
    private static final String PAUSE = "<Pause length=\"1\"/>";

    @Override
    public String pause() {
        return PAUSE;
    }

    @Override
    public String words(String text) {
        return Ssml.escaped(text);
    }

    @Override
    public String phrase(String said) {
        return "<Say language=\"" + language + "\">" + said.strip() + "</Say>";
    }

    /**
     * A moment to lift the phone, the text with its digits one by one, and all of it once more.
     *
     * @param limit in characters: what would be longer when said twice is said once
     */
    static String inline(Speech speech, String language, int limit) {
        var empty = "<Response>" + PAUSE + "</Response>";
        return "<Response>" + PAUSE + speech.twice(new Twiml(language), limit - empty.length()) + "</Response>";
    }

    /** The same while listening: a key pressed asks {@code action} what to say next. */
    static String again(Speech speech, String language, String action) {
        return "<Response><Gather numDigits=\"1\" timeout=\"5\" action=\"" + Ssml.escaped(action) + "\">" + PAUSE
                + speech.twice(new Twiml(language), Integer.MAX_VALUE) + "</Gather></Response>";
    }
}
