// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Talks to objects whose classes live in another class loader than the test's. */
final class Reflection {
    private Reflection() {}

    /** Calls a public method, found by its name and the number of its arguments, through a public type. */
    static @Nullable Object call(Object target, String name, @Nullable Object... arguments) {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> seen : withInterfaces(type)) {
                for (Method method : seen.getMethods()) {
                    if (Modifier.isPublic(seen.getModifiers()) && fits(method, name, arguments)) {
                        return invoke(method, target, arguments);
                    }
                }
            }
        }
        throw new IllegalArgumentException(target.getClass() + " has no " + name);
    }

    /** The value of a public field. */
    static Object field(Object target, String name) {
        try {
            return target.getClass().getField(name).get(target);
        } catch (ReflectiveOperationException absent) {
            throw new IllegalArgumentException(absent);
        }
    }

    /** The value of a private field. */
    static Object hidden(Object target, String name) {
        try {
            Field field = target.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(target);
        } catch (ReflectiveOperationException absent) {
            throw new IllegalArgumentException(absent);
        }
    }

    private static Class<?>[] withInterfaces(Class<?> type) {
        Class<?>[] interfaces = type.getInterfaces();
        Class<?>[] all = Arrays.copyOf(interfaces, interfaces.length + 1);
        all[interfaces.length] = type;
        return all;
    }

    private static boolean fits(Method method, String name, @Nullable Object... arguments) {
        if (!method.getName().equals(name) || method.getParameterCount() != arguments.length) {
            return false;
        }
        for (int at = 0; at < arguments.length; at++) {
            Class<?> wanted = method.getParameterTypes()[at];
            if (arguments[at] != null && !wanted.isPrimitive() && !wanted.isInstance(arguments[at])) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object invoke(Method method, Object target, @Nullable Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(thrown.getCause());
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }
}
