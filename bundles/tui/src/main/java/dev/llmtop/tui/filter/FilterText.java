// SPDX-License-Identifier: MIT
package dev.llmtop.tui.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads a filter: words between blanks, all of which must be true. Pure. */
public final class FilterText {
    /** No filter is longer. */
    public static final int LONGEST = 500;

    private static final Pattern COMPARED = Pattern.compile("([a-zA-Z]+)(>=|<=|>|<|=)(.*)");
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)(%|[a-zA-Z]{0,2})");

    private FilterText() {}

    /** @throws FilterComplaint where the text is no filter */
    public static List<Term> terms(String text) {
        if (text.length() > LONGEST) {
            throw new FilterComplaint("longer than " + LONGEST + " characters");
        }
        List<Term> terms = new ArrayList<>();
        for (String word : words(text)) {
            terms.add(term(word));
        }
        return terms;
    }

    /** Between blanks, but an expression may have blanks inside. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            int end = endOfWord(text, at);
            words.add(text.substring(at, end));
            at = end;
        }
        return words;
    }

    private static int endOfWord(String text, int start) {
        int body = text.charAt(start) == '!' ? start + 1 : start;
        int from = body < text.length() && text.charAt(body) == '/' ? Math.max(body, closing(text, body + 1)) : body;
        int end = from;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return Math.max(end, start + 1);
    }

    /** The slash that ends an expression: the next one before a blank or the end; -1 where there is none. */
    private static int closing(String text, int from) {
        for (int at = text.indexOf('/', from); at >= 0; at = text.indexOf('/', at + 1)) {
            if (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1))) {
                return at;
            }
        }
        return -1;
    }

    private static Term term(String word) {
        if (word.startsWith("!")) {
            if (word.length() == 1) {
                throw new FilterComplaint("expected a word after !");
            }
            return new Term.Not(term(word.substring(1)));
        }
        if (word.startsWith("/")) {
            return expression(word);
        }
        return choice(word).or(() -> bound(word)).orElseGet(() -> new Term.Word(word.toLowerCase(Locale.ROOT)));
    }

    private static Term expression(String word) {
        if (word.length() < 3 || !word.endsWith("/")) {
            throw new FilterComplaint("expected / at the end of the expression");
        }
        String source = word.substring(1, word.length() - 1);
        try {
            return new Term.Expression(source, Pattern.compile(source, Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException e) {
            throw new FilterComplaint("no expression: " + e.getDescription());
        } catch (StackOverflowError e) {
            throw new FilterComplaint("no expression: nested too deep");
        }
    }

    /** What looks like {@code key:} but is none, such as a model's name with its tag, is a plain word. */
    private static Optional<Term> choice(String word) {
        int colon = word.indexOf(':');
        for (Facet facet : Facet.values()) {
            if (colon > 0 && word.substring(0, colon).equalsIgnoreCase(facet.word())) {
                List<String> wanted = List.of(
                        word.substring(colon + 1).toLowerCase(Locale.ROOT).split(",", -1));
                if (wanted.contains("")) {
                    throw new FilterComplaint("expected a value after " + facet.word() + ":");
                }
                wanted.forEach(facet::check);
                return Optional.of(new Term.Choice(facet, wanted));
            }
        }
        return Optional.empty();
    }

    private static Optional<Term> bound(String word) {
        Matcher compared = COMPARED.matcher(word);
        if (!compared.matches()) {
            return Optional.empty();
        }
        for (Quantity quantity : Quantity.values()) {
            if (quantity.word().equalsIgnoreCase(compared.group(1))) {
                return Optional.of(bound(quantity, comparison(compared.group(2)), compared.group(3)));
            }
        }
        throw new FilterComplaint("nothing called " + compared.group(1) + " can be compared");
    }

    private static Term bound(Quantity quantity, Comparison comparison, String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            throw new FilterComplaint("expected a number after " + comparison.sign());
        }
        OptionalDouble value = quantity.read(Double.parseDouble(number.group(1)), number.group(2));
        return new Term.Bound(
                quantity,
                comparison,
                value.orElseThrow(() -> new FilterComplaint(
                        "expected " + quantity.expected() + " after " + quantity.word() + comparison.sign())));
    }

    private static Comparison comparison(String sign) {
        for (Comparison comparison : Comparison.values()) {
            if (comparison.sign().equals(sign)) {
                return comparison;
            }
        }
        throw new FilterComplaint("expected > < or =");
    }
}
