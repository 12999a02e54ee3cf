"""How text becomes outlines: LaTeX and prose through a typesetter, stamps, tables, derivations."""
