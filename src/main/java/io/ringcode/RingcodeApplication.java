package io.ringcode;

import io.ringcode.server.Launch;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class RingcodeApplication {
    public static void main(String[] args) {
        Launch.main(args, System.getenv());
    }
}
