package io.ringcode.myaccount;

import io.ringcode.challenge.Wording;
import io.ringcode.myaccount.AccountCallers.Use;
import io.ringcode.myaccount.MyAccountAnswer.Begun;
import io.ringcode.myaccount.MyAccountAnswer.Factors;
import io.ringcode.myaccount.MyAccountBodies.Late;
import io.ringcode.myaccount.MyAccountBody.MethodChange;
import io.ringcode.myaccount.MyAccountBody.NewMethod;
import io.ringcode.myaccount.MyAccountBody.Verification;
import io.ringcode.template.Languages;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /me/v1}: what a user's own application may do with that user's authentication methods. */
@RestController
class MyAccountController {
    static final String METHODS = "/me/v1/authentication-methods";

    private static final String CREATE = "create:me:authentication_methods";
    private static final String READ = "read:me:authentication_methods";
    private static final String UPDATE = "update:me:authentication_methods";
    private static final String DELETE = "delete:me:authentication_methods";

    private final AccountCallers owners;
    private final OwnMethods methods;
    private final Enrollments enrollments;
    private final Languages languages;

    MyAccountController(AccountCallers owners, OwnMethods methods, Enrollments enrollments, Languages languages) {
        this.owners = owners;
        this.methods = methods;
        this.enrollments = enrollments;
        this.languages = languages;
    }

    @GetMapping("/me/v1/factors")
    ResponseEntity<Factors> factors(HttpServletRequest request, HttpServletResponse response) {
        var owner = owners.of(request, response, "read:me:factors", Use.READ);
        return fresh(new Factors(methods.factors(owner)));
    }

    @GetMapping(METHODS)
    ResponseEntity<MyAccountAnswer.Methods> list(
            @RequestParam(required = false) @Nullable String type,
            HttpServletRequest request,
            HttpServletResponse response) {
        var owner = owners.of(request, response, READ, Use.READ);
        return fresh(new MyAccountAnswer.Methods(methods.list(owner, type)));
    }

    @GetMapping(METHODS + "/{id}")
    ResponseEntity<MethodItem> read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        return fresh(methods.read(owners.of(request, response, READ, Use.READ), known(id)));
    }

    @PostMapping(METHODS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<Begun> create(HttpServletRequest request, HttpServletResponse response, Late<NewMethod> body)
            throws IOException {
        var owner = owners.of(request, response, CREATE, Use.WRITE);
        var begun = enrollments.begin(owner, body.read(), wording(owner, request));
        var id = begun.id() == null ? Enrollments.NEW_PASSKEY : begun.id();
        return at(HttpStatus.ACCEPTED, owner.address(id), begun);
    }

    @PostMapping(METHODS + "/{id}/verify")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<MethodItem> verify(
            @PathVariable String id, HttpServletRequest request, HttpServletResponse response, Late<Verification> body)
            throws IOException {
        var owner = owners.of(request, response, CREATE, Use.WRITE);
        var bound = methods.read(owner, enrollments.verify(owner, known(id), body.read()));
        return at(HttpStatus.CREATED, owner.address(bound.id()), bound);
    }

    @PatchMapping(METHODS + "/{id}")
    ResponseEntity<MethodItem> update(
            @PathVariable String id, HttpServletRequest request, HttpServletResponse response, Late<MethodChange> body)
            throws IOException {
        var owner = owners.of(request, response, UPDATE, Use.WRITE);
        return fresh(methods.change(owner, known(id), body.read()));
    }

    @DeleteMapping(METHODS + "/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> delete(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        methods.remove(owners.of(request, response, DELETE, Use.WRITE), known(id));
        return ResponseEntity.noContent().build();
    }

    private static String known(String id) {
        if (!StorableText.is(id)) throw MyAccountRefused.missing();
        return id;
    }

    private Wording wording(AccountCaller owner, HttpServletRequest request) {
        var accepted = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        var asked = request.getHeader("x-request-language");
        return new Wording(languages.choose(owner.tenant(), asked, accepted), accepted);
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    /** @param address absolute, as SDKs go on from it wherever they are */
    private static <T> ResponseEntity<T> at(HttpStatus status, String address, T body) {
        return ResponseEntity.status(status)
                .location(URI.create(address))
                .cacheControl(CacheControl.noStore())
                .body(body);
    }
}
