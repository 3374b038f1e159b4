package io.ringcode.web;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;

/** Makes controllers lazily: the first request to one makes it, or a thread right after the start, which none of them keeps waiting. */
@Component
class ControllersOnDemand implements BeanFactoryPostProcessor {
    private static final Logger log = LoggerFactory.getLogger(ControllersOnDemand.class);

    private volatile @Nullable Thread making;
    private volatile boolean closing;

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (var name : beans.getBeanNamesForAnnotation(Controller.class)) {
            if (beans.containsBeanDefinition(name))
                beans.getBeanDefinition(name).setLazyInit(true);
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void makeAll(ApplicationReadyEvent ready) {
        var beans = ready.getApplicationContext().getBeanFactory();
        making = Thread.ofPlatform().daemon().name("controllers").start(() -> makeAll(beans));
    }

    private void makeAll(ConfigurableListableBeanFactory beans) {
        for (var name : beans.getBeanNamesForAnnotation(Controller.class)) {
            if (closing) return;
            try {
                beans.getBean(name);
            } catch (BeansException fault) {
                log.error("The controller {} cannot be made", name, fault);
            }
        }
    }

    /** What is made after the end would make again, for itself, what has just been closed. */
    @EventListener(ContextClosedEvent.class)
    void stop() throws InterruptedException {
        closing = true;
        var last = making;
        if (last != null) last.join();
    }
}
