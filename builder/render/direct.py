"""How templates are compiled: fields and functions are asked for as Python itself does, and blocks say all at once.

Jinja asks by functions of its own, which know of more than there is here: things that take their fields by a key, and
functions that want to see the context. They took a sixth of the time in which a page was made; it is the same to the
letter.
"""

from __future__ import annotations

from typing import Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

_SHIPPED: Final = "shipped templates/"
"""Begins the names of files whose fields are those of the views: a test makes a page of every kind."""
_NAMING: Final = (
    nodes.Assign, nodes.AssignBlock, nodes.Block, nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include,
    nodes.Macro, nodes.ScopedEvalContextModifier,
)  # fmt: skip
"""With none of these in it a template leaves the names as they are, so that it needs none of its own."""


class Direct(CodeGenerator):
    """Writes the Python of one template."""

    _gathering: Frame | None = None
    """The body of the template or of the block that is being written."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """A field; in a template of the site's own it may be missing, and stand in a dictionary."""
        of_self = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if of_self or not (self.filename or "").startswith(_SHIPPED):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's
        """A call; ours never ask for the context, so that it need not be looked up whether."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.visit(named, frame)
            self.write(", ")
        self.write(")")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """The whole; text is escaped by a function that asks for nothing else."""
        self.writeline("from builder.render.scripts import escaped")
        self.writeline(f"names_nothing = {next(node.find_all(_NAMING), None) is None}")
        super().visit_Template(node, frame)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """A place for a block, which is taken in as a whole."""
        if frame.buffer is None or node.required or (frame.toplevel and self.extends_so_far):
            super().visit_Block(node, frame)
            return
        context = self.derive_context(frame) if node.scoped else self.get_context_ref()
        self.writeline(f"{frame.buffer}.extend(context.blocks[{node.name!r}][0]({context}))", node)

    def enter_frame(self, frame: Frame) -> None:
        """Begin a part of the template; the outermost one gathers what it says, as a macro does."""
        super().enter_frame(frame)
        if frame.rootlevel or frame.block_frame:
            self._gathering = frame
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """End it."""
        if frame is self._gathering:
            self._gathering = None
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Another template, taken in as a whole.

        One without context says all by itself, so that what stands before it goes first.
        """
        named = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
        if frame.buffer and named and node.with_context and not node.ignore_missing:
            self.writeline("template = environment.get_template(", node)
            self.visit(node.template, frame)
            self.write(f", {self.name!r})")
            inner = f"template.new_context(context.get_all(), True, {self.dump_local_context(frame)})"
            if inner.endswith(" {})"):
                inner = f"context if template.names_nothing else {inner}"
            self.writeline(f"{frame.buffer}.extend(template.root_render_func({inner}))")
            return
        if not node.with_context and self._gathering and frame.buffer == self._gathering.buffer:
            self.writeline(f"yield concat({frame.buffer})")
            self.writeline(f"{frame.buffer}.clear()")
        super().visit_Include(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Begin what is shown: two of three are text and one is marked as escaped, which is seen faster than asked."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(said if (kind := type(said := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """End it."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")) is Markup else escaped(said) if kind is str else escape(said))")
