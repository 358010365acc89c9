# This image must never pass: years of updates are missing, and it runs as root.
FROM debian:bookworm-20240110-slim
CMD ["sleep", "600"]
