package io.ringcode.delivery.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A parser for carriers' XML, without doctypes and external entities. */
public record Xml(Element root) {
    /** Empty where it is none. */
    public static Optional<Xml> read(byte[] body) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return Optional.of(
                    new Xml(builder.parse(new ByteArrayInputStream(body)).getDocumentElement()));
        } catch (SAXException | IOException none) {
            return Optional.empty();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("This Java has no safe XML parser", impossible);
        }
    }

    public String name() {
        return root.getLocalName();
    }

    /** The text of the first element of that name, at any depth and in any namespace; empty text where there is none. */
    public String text(String element) {
        var found = root.getElementsByTagNameNS("*", element).item(0);
        return found == null ? "" : found.getTextContent().strip();
    }

    /** The texts of all elements of that name, at any depth and in any namespace. */
    public List<String> texts(String element) {
        var found = root.getElementsByTagNameNS("*", element);
        return IntStream.range(0, found.getLength())
                .mapToObj(at -> found.item(at).getTextContent().strip())
                .toList();
    }

    /** @return empty text where there is none */
    public String attribute(String element, String attribute) {
        return root.getElementsByTagNameNS("*", element).item(0) instanceof Element found
                ? found.getAttribute(attribute)
                : "";
    }
}
