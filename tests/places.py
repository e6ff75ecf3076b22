"""Changes a YAML file at places named by path, so that the change survives a new layout or order of the file.

A path goes from the root by keys, and in lists by a number or by what identifies the item:
    timers/hold/after_awake
    regions/update/states/countdown/events/clock[0]/to     the first branch (the last: [-1])
    regions/update/states/countdown/events/start[ran-out]  the branch that says `when: ran-out`
    regions/update/states/rebooting/ignore[start]          the item `start`
    regions/update/states/idle/enter[badge]/badge/shown    the item `badge: {...}`

A change is one of these; VALUE is YAML on one line:
    set PATH = VALUE         what is there becomes VALUE
    insert PATH = VALUE      a new key, or a new item before the one named
    delete PATH
    replace PATH: OLD => NEW in the text there, which has OLD once
"""
import difflib
import re

import yaml

# libyaml is ten times as fast, if Python has it.
LOADER, DUMPER = getattr(yaml, "CSafeLoader", yaml.SafeLoader), getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Misplaced(Exception):
    """A change that cannot be made, and why."""


def changed(text, changes):
    """Returns the YAML text with the changes made, without its layout and comments."""
    root = yaml.compose(text, LOADER)
    for change in changes:
        make(root, change)
    spell_out_nothing(root)
    return yaml.serialize(root, Dumper=DUMPER, width=1 << 20)


def spell_out_nothing(node):
    """Gives every empty value, such as that of `else`, a text: otherwise it would be written with a tag."""
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
        node.value = "null"
    for child in node.value if not isinstance(node, yaml.ScalarNode) else []:
        for part in child if isinstance(child, tuple) else [child]:
            spell_out_nothing(part)


def make(root, change):
    word, _, rest = change.partition(" ")
    if word == "delete":
        container, at, _ = locate(root, rest)
        del container.value[at]
    elif word == "replace":
        replace(root, *split(change, rest, ": "))
    elif word == "insert":
        insert(root, *split(change, rest, " = "))
    elif word == "set":
        path, value = split(change, rest, " = ")
        put(*locate(root, path)[:2], parse(value))
    else:
        raise Misplaced(f'"{change}": expected set, insert, delete or replace')


def split(change, rest, between):
    path, found, value = rest.partition(between)
    if not found:
        raise Misplaced(f'"{change}": expected "{between.strip()}"')
    return path, value


def parse(value):
    return yaml.compose(value, LOADER)


def put(container, at, node):
    keyed = isinstance(container, yaml.MappingNode)
    container.value[at] = (container.value[at][0], node) if keyed else node


def insert(root, path, value):
    steps = steps_of(path)
    container = locate(root, steps[:-1])[2] if steps[:-1] else root
    if steps[-1].startswith("["):
        container.value.insert(locate(root, path)[1], parse(value))
    elif not isinstance(container, yaml.MappingNode):
        raise Misplaced(f'"{path}": "{joined(steps[:-1])}" has no keys')
    elif steps[-1] in names(container):
        raise Misplaced(f'"{path}" is there already: set it instead')
    else:
        container.value.append((parse(steps[-1]), parse(value)))


def replace(root, path, change):
    before, after = split(change, change, " => ")
    node = locate(root, path)[2]
    count = node.value.count(before) if isinstance(node, yaml.ScalarNode) else 0
    if count != 1:
        raise Misplaced(f'"{path}" has "{before}" {count} times, not once')
    node.value = node.value.replace(before, after)


def steps_of(path):
    return re.findall(r"\[[^\]]*\]|[^/\[]+", path)


def joined(steps):
    return "/".join(steps).replace("/[", "[")


def locate(root, path):
    """Returns (container, index in it, node) of the place that a path, or its steps, leads to."""
    steps = steps_of(path) if isinstance(path, str) else path
    container = at = None
    node = root
    for done, step in enumerate(steps):
        container, at = node, index_of(node, step)
        if at is None:
            raise Misplaced(missing(steps, done, node))
        node = node.value[at][1] if isinstance(node, yaml.MappingNode) else node.value[at]
    return container, at, node


def names(node):
    """Returns the possible steps below a node: its keys, or what identifies its items."""
    if isinstance(node, yaml.MappingNode):
        return [key.value for key, _ in node.value]
    return [about(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else []


def about(item):
    if isinstance(item, yaml.ScalarNode):
        return item.value
    pairs = {key.value: value.value for key, value in item.value} if isinstance(item, yaml.MappingNode) else {}
    return pairs["when"] if "when" in pairs else next(iter(pairs), "")


def index_of(node, step):
    known, step_is_item = names(node), step.startswith("[")
    if step_is_item != isinstance(node, yaml.SequenceNode):
        return None
    step = step.strip("[]")
    if step_is_item and re.fullmatch(r"-?\d+", step):
        at = int(step) + (len(known) if step.startswith("-") else 0)
        return at if 0 <= at < len(known) else None
    return known.index(step) if known.count(step) == 1 else None


def missing(steps, done, node):
    there, step, known = joined(steps[:done]) or "the file", steps[done], names(node)
    said = f'"{joined(steps)}": there is {there}, but no {step} in it'
    if known.count(step.strip("[]")) > 1:
        return f'{said} alone: it is there {known.count(step.strip("[]"))} times; use a number'
    if not known:
        return f"{said}: it is " + (f'"{node.value}"' if node.value else "empty")
    nearest = difflib.get_close_matches(step.strip("[]"), known, 1, 0.5)
    shape = "[{}]" if isinstance(node, yaml.SequenceNode) else "{}"
    if nearest:
        return f"{said}; did you mean {shape.format(nearest[0])}?"
    return f"{said}; it has " + ", ".join(shape.format(name) for name in known)
