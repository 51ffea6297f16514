package io.switchboard.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds log lines and new exceptions whose arguments carry a name that speaks of a secret or of a person. */
final class DisclosureScanner extends TreePathScanner<Void, Void> {
    private static final Pattern SENSITIVE =
            Pattern.compile("(raw)?body|value|bytes|json|token|tokens|apiKey|userKey|secret|password"
                    + "|authorization|number|clientNumber|phone|client|from|to");

    private final Source source;
    private final Map<String, String> found;

    DisclosureScanner(Source source, Map<String, String> found) {
        this.source = source;
        this.found = found;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
        if (call.getMethodSelect().toString().matches("LOG\\.(trace|debug|info|warn|error)")) {
            look(call, call.getArguments());
        }
        return super.visitMethodInvocation(call, null);
    }

    @Override
    public Void visitNewClass(NewClassTree creation, Void nothing) {
        if (creation.getIdentifier().toString().endsWith("Exception")) {
            look(creation, creation.getArguments());
        }
        return super.visitNewClass(creation, null);
    }

    private void look(Tree at, List<? extends ExpressionTree> arguments) {
        var names = new Names();
        arguments.forEach(argument -> names.scan(argument, null));
        if (names.sensitive) {
            found.put(enclosing(), source.at(at));
        }
    }

    private String enclosing() {
        var method = "";
        for (Tree node : getCurrentPath()) {
            if (node instanceof MethodTree tree && method.isEmpty()) {
                method = "." + tree.getName();
            }
            if (node instanceof ClassTree type && !type.getSimpleName().isEmpty()) {
                return type.getSimpleName() + method;
            }
        }
        return method;
    }

    /** The last names of what an expression reads; {@code body.length} tells a size and is harmless. */
    private static final class Names extends TreeScanner<Void, Void> {
        private boolean sensitive;

        @Override
        public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
            note(select.getIdentifier().toString());
            return null;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            if (call.getMethodSelect() instanceof MemberSelectTree select) {
                note(select.getIdentifier().toString());
                if (select.getIdentifier().contentEquals("formatted")) {
                    return super.visitMethodInvocation(call, null);
                }
                return null;
            }
            return super.visitMethodInvocation(call, null);
        }

        @Override
        public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
            note(identifier.getName().toString());
            return null;
        }

        private void note(String name) {
            sensitive |= SENSITIVE.matcher(name).matches();
        }
    }
}
