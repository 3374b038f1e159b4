package io.ringcode;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class RingcodeApplication {
    public static void main(String[] args) {
        SpringApplication.run(RingcodeApplication.class, args);
    }
}
