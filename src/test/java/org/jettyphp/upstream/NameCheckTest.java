package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.transport.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameCheckTest {

    private final List<InetAddress> answer = new ArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final NameCheck check = new NameCheck(new Address.Tcp("php", 9000), host -> {
        if (answer.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return answer;
    }, () -> Duration.ofSeconds(10), changes::incrementAndGet);

    private String after(String... addresses) throws UnknownHostException {
        answer.clear();
        for (String address : addresses) {
            answer.add(InetAddress.getByName(address));
        }
        assertEquals(Duration.ofSeconds(10).toNanos(), check.look());
        return check.addresses().toString();
    }

    @Test
    void oneOfEachFamilyIsOnePhpFpm() throws Exception {
        assertEquals("[php:9000]", check.addresses().toString());
        assertEquals("[php:9000]", after("10.0.0.1", "2001:db8::1"));
        assertEquals("[php:9000]", after("10.0.0.2"));
        assertEquals(0, changes.get());
    }

    @Test
    void severalOfOneFamilyAreSeveralInAnOrderOfTheirOwn() throws Exception {
        assertEquals("[10.0.0.1:9000, 10.0.0.2:9000]", after("10.0.0.2", "10.0.0.1", "2001:db8::1"));
        assertEquals("[10.0.0.1:9000, 10.0.0.2:9000]", after("10.0.0.1", "10.0.0.2"));
        assertEquals(1, changes.get());
        assertEquals("[[2001:db8:0:0:0:0:0:1]:9000, [2001:db8:0:0:0:0:0:2]:9000]", after("10.0.0.1", "2001:db8::1", "2001:db8::2"));
    }

    @Test
    void ofTwoFamiliesThatHaveSeveralThePreferredOneCounts() throws Exception {
        assertEquals("[10.0.0.1:9000, 10.0.0.2:9000]", after("10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8::2"));
        assertEquals("[[2001:db8:0:0:0:0:0:1]:9000, [2001:db8:0:0:0:0:0:2]:9000]",
                after("2001:db8::1", "2001:db8::2", "10.0.0.1", "10.0.0.2"));
    }

    @Test
    void anAddressThatIsNamedTwiceIsOnePhpFpm() throws Exception {
        assertEquals("[php:9000]", after("10.0.0.1", "10.0.0.1"));
    }

    @Test
    void theLastKnownStayWhileItDoesNotResolve() throws Exception {
        after("10.0.0.1", "10.0.0.2");
        assertEquals("[10.0.0.1:9000, 10.0.0.2:9000]", after());
        assertEquals("[10.0.0.3:9000]", after("10.0.0.3"), "not by its name, which the JDK may still remember with the others");
        assertEquals(2, changes.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void whatIsNoNameIsNotResolvedAgain(String host) {
        assertEquals(false, NameCheck.isName(new Address.Tcp(host, 9000)));
    }
}
