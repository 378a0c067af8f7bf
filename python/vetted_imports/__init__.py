"""vetted-imports stops imports of packages that nobody approved. Its commands start a program for Node.js."""
