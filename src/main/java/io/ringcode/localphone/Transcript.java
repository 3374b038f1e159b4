package io.ringcode.localphone;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** What a person who answers a call of this TwiML hears: the words, and an ellipsis for each pause between them. */
final class Transcript {
    private Transcript() {}

    /** Twilio would hang up with an application error. */
    static final class NotTwiml extends Exception {
        NotTwiml(String reason) {
            super(reason);
        }
    }

    static String of(String twiml) throws NotTwiml {
        var heard = new ArrayList<String>();
        var response = parse(twiml);
        if (!response.getTagName().equals("Response")) throw new NotTwiml("The root is not Response");
        for (var child = response.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (!(child instanceof Element verb)) continue;
            switch (verb.getTagName()) {
                case "Say" -> heard.add(verb.getTextContent().strip().replaceAll("\\s+", " "));
                case "Pause" -> heard.add("…");
                default -> {} // not for the ear
            }
        }
        var text = String.join(" ", heard);
        return text.replaceFirst("^(?:… ?)+", "").strip();
    }

    private static Element parse(String twiml) throws NotTwiml {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(twiml))).getDocumentElement();
        } catch (SAXException | IOException malformed) {
            throw new NotTwiml("Not XML");
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("This Java has no safe XML parser", impossible);
        }
    }
}
