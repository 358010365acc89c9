// Stands for `xmlbuilder2`, which @cyclonedx/cyclonedx-library loads if it is there: we write JSON only, and the
// bundle must not look for files outside dist when it runs.
module.exports = {}
