"""What people see: views, templates, styles. No rules."""
