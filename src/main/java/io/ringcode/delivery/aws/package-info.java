/** Amazon: SMS by SNS, SMS and calls by AWS End User Messaging, whose events come through an SNS topic. */
@NullMarked
package io.ringcode.delivery.aws;

import org.jspecify.annotations.NullMarked;
