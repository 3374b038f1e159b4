package io.ringcode.login;

import io.ringcode.login.page.Assets;

/** The stylesheet of design tokens: type, distances, colours and states of every page, whatever door serves it. */
public final class DesignTokens {
    public static final String ADDRESS = Assets.address("tokens.css");

    private DesignTokens() {}
}
